use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::{fmt, fs, io, path::Path};
use vekha_lifepath::source::{
    CalendarFile, Header, LawsFile, MarkersFile, Material, ParametersFile, RegionSource,
    ServicesFile, SituationSource, Source, VocabularyFile,
};
use vekha_lifepath::{Catalogue, Problem};

/// The texts of a catalogue by their paths inside it.
pub type Files = BTreeMap<String, String>;

/// Something wrong in a catalogue, with the place to look.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub file: String,
    /// From 1; 0 where the whole file is meant.
    pub line: usize,
    pub text: String,
    pub severity: Severity,
}

/// Whether it has to be put right before the catalogue is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    /// Somebody should look at it in time; the catalogue may be used.
    Warning,
}

impl Finding {
    pub(crate) fn error(file: impl Into<String>, line: usize, text: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line,
            text: text.into(),
            severity: Severity::Error,
        }
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file)?;
        if self.line > 0 {
            write!(f, "{}:", self.line)?;
        }
        let word = if self.is_error() { "" } else { " warning:" };
        write!(f, "{word} {}", self.text)
    }
}

impl std::error::Error for Finding {}

/// Reads and compiles the catalogue in a folder, for one of its regions where that is named.
pub fn load(dir: &Path, region: Option<&str>) -> Result<Catalogue, Vec<Finding>> {
    let files = read_dir(dir).map_err(|error| {
        let text = format!("the folder cannot be read: {error}");
        vec![Finding::error(dir.display().to_string(), 0, text)]
    })?;
    compile(&files, region)
}

/// Compiles a catalogue from its texts: what holds for the country.
pub fn load_files(files: &Files) -> Result<Catalogue, Vec<Finding>> {
    compile(files, None)
}

/// The same with what `regions/<region>.yaml` lays down otherwise.
pub fn load_files_in(files: &Files, region: &str) -> Result<Catalogue, Vec<Finding>> {
    compile(files, Some(region))
}

fn compile(files: &Files, region: Option<&str>) -> Result<Catalogue, Vec<Finding>> {
    let source = parse(files, region)?;
    Catalogue::compile(source).map_err(|problems| {
        let mut findings: Vec<Finding> = problems
            .iter()
            .map(|problem| locate(problem, files))
            .collect();
        findings.sort();
        findings.dedup();
        findings
    })
}

/// Every YAML and Markdown text under a folder.
pub fn read_dir(dir: &Path) -> io::Result<Files> {
    let mut files = Files::new();
    walk(dir, dir, &mut files)?;
    Ok(files)
}

fn walk(root: &Path, dir: &Path, files: &mut Files) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(root, &path, files)?;
        } else if path
            .extension()
            .is_some_and(|ext| ext == "yaml" || ext == "md")
        {
            let name = path
                .strip_prefix(root)
                .unwrap_or(&path)
                .to_string_lossy()
                .replace('\\', "/");
            files.insert(name, fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

/// The line in a file nearest to what a problem is about.
pub(crate) fn locate(problem: &Problem, files: &Files) -> Finding {
    let line_in = |text: &String| {
        let mut found = None;
        for words in problem.near.split('\n') {
            found = line_from(text, words, found.unwrap_or(0)).or(found);
        }
        found
    };
    // A problem of the vocabulary names its folder; the file is the one that has the word.
    let (file, line) = under(&problem.file, files)
        .find_map(|(file, text)| Some((file.clone(), line_in(text)? + 1)))
        .unwrap_or_else(|| (problem.file.clone(), 0));
    Finding {
        file,
        line,
        text: problem.text.clone(),
        severity: Severity::Error,
    }
}

/// The same for what may wait a little.
pub(crate) fn warning(problem: &Problem, files: &Files) -> Finding {
    Finding {
        severity: Severity::Warning,
        ..locate(problem, files)
    }
}

/// The first line from `start` on that has the words; an item of a list that begins with them comes before all others.
fn line_from(text: &str, words: &str, start: usize) -> Option<usize> {
    if words.is_empty() {
        return None;
    }
    let has = |line: &str, words: &str| {
        line.match_indices(words).any(|(at, _)| {
            !line[at + words.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
        })
    };
    let position = |words: &str| {
        let mut lines = text.lines().enumerate().skip(start);
        lines.find_map(|(place, line)| has(line, words).then_some(place))
    };
    [format!("- {words}"), format!("- {{{words}")]
        .iter()
        .filter_map(|words| position(words))
        .min()
        .or_else(|| position(words))
}

/// Reads every file into the form people write, those of one region included; all mistakes at once.
pub fn parse(files: &Files, region: Option<&str>) -> Result<Source, Vec<Finding>> {
    let mut reader = Reader {
        files,
        findings: Vec::new(),
    };
    let markers: MarkersFile = reader.optional("markers.yaml").unwrap_or_default();
    let mut source = Source {
        header: reader.required::<Header>("catalogue.yaml"),
        services: reader
            .optional::<ServicesFile>("services.yaml")
            .unwrap_or_default()
            .services,
        parameters: reader
            .optional::<ParametersFile>("parameters.yaml")
            .unwrap_or_default()
            .parameters,
        calendar: reader
            .optional::<CalendarFile>("calendar.yaml")
            .unwrap_or_default()
            .calendar,
        laws: reader
            .optional::<LawsFile>("laws.yaml")
            .unwrap_or_default()
            .laws,
        markers: markers.markers,
        smoker: markers.smoker,
        screening: reader.optional("screening.yaml"),
        reports: reader.optional("reports.yaml"),
        tasks: reader.optional("tasks.yaml"),
        ..Source::default()
    };
    for (name, _) in under("facts/", files) {
        let file: VocabularyFile = reader.required(name);
        for (kind, form) in file.facts {
            if source.facts.insert(kind.clone(), form).is_some() {
                let text = format!("“{kind}” is in the vocabulary twice");
                reader.findings.push(Finding::error(name, 0, text));
            }
        }
    }
    for (name, _) in under("situations/", files) {
        if name.ends_with(".yaml") && !name.ends_with(".cases.yaml") {
            let situation: SituationSource = reader.required(name);
            source.situations.push(situation);
        }
    }
    for (name, text) in under("materials/", files) {
        let Some((id, language)) = name
            .trim_start_matches("materials/")
            .trim_end_matches(".md")
            .rsplit_once('.')
        else {
            continue;
        };
        let material: &mut Material = source.materials.entry(id.to_owned()).or_default();
        let (front, body) = match front_matter(text) {
            Ok(found) => found,
            Err((line, text)) => {
                reader.findings.push(Finding::error(name, line, text));
                continue;
            }
        };
        // The older of two days is the one to trust.
        material.checked = material.checked.into_iter().chain([front.checked]).min();
        if language == "ru" {
            (material.title.ru, material.body.ru) = (front.title, body);
            material.source.ru = front.source;
        } else {
            (material.title.en, material.body.en) = (front.title, body);
            material.source.en = front.source;
        }
    }
    if let Some(id) = region {
        let read = reader.required::<RegionSource>(&format!("regions/{id}.yaml"));
        source.region = Some((id.to_owned(), read));
    }
    if reader.findings.is_empty() {
        Ok(source)
    } else {
        Err(reader.findings)
    }
}

/// The files of one folder.
fn under<'a>(folder: &'a str, files: &'a Files) -> impl Iterator<Item = (&'a String, &'a String)> {
    files
        .range(folder.to_owned()..)
        .take_while(move |(name, _)| name.starts_with(folder))
}

/// What stands above a material's words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FrontMatter {
    title: String,
    /// What it rests on.
    source: String,
    checked: Date,
}

/// The front matter and the words below it; or what is wrong with it, and on which line.
fn front_matter(text: &str) -> Result<(FrontMatter, String), (usize, String)> {
    let parts = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"));
    let Some((head, body)) = parts else {
        return Err((
            1,
            "it begins with no front matter: title, source, checked".to_owned(),
        ));
    };
    let front = serde_saphyr::from_str(head).map_err(|error| {
        let line = error.location().map_or(0, |at| at.line() as usize);
        let text = error.to_string();
        (line + 1, text.lines().next().unwrap_or_default().to_owned())
    })?;
    Ok((front, body.trim().to_owned()))
}

struct Reader<'a> {
    files: &'a Files,
    findings: Vec<Finding>,
}

impl Reader<'_> {
    fn required<T: DeserializeOwned + Default>(&mut self, file: &str) -> T {
        let Some(text) = self.files.get(file) else {
            self.findings
                .push(Finding::error(file, 0, "the file is missing"));
            return T::default();
        };
        serde_saphyr::from_str(text).unwrap_or_else(|error| {
            let line = error.location().map_or(0, |at| at.line() as usize);
            let text = error
                .to_string()
                .lines()
                .next()
                .unwrap_or_default()
                .to_owned();
            self.findings.push(Finding::error(file, line, text));
            T::default()
        })
    }

    /// A file that a catalogue may do without.
    fn optional<T: DeserializeOwned + Default>(&mut self, file: &str) -> Option<T> {
        self.files.contains_key(file).then(|| self.required(file))
    }
}
