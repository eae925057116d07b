use super::order::in_order;
use super::reads::Reads;
use super::situation::situation;
use super::vocabulary::{add_built_in, markers, vocabulary};
use super::{Catalogue, Problem};
use crate::source::{Citations, Source};
use crate::time::WorkCalendar;
use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;

impl Catalogue {
    /// Checks and compiles. Every problem is reported, not only the first.
    pub fn compile(mut source: Source) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        add_built_in(&mut source);
        super::region::apply(&mut source, &mut problems);
        let zone = TimeZone::get(&source.header.zone).unwrap_or_else(|_| {
            problems.push(Problem {
                file: "catalogue.yaml".into(),
                near: "zone".into(),
                text: format!("the time zone “{}” is not known", source.header.zone),
            });
            TimeZone::UTC
        });
        let (kinds, names) = vocabulary(&source, &mut problems);
        let kind_index: FxHashMap<String, usize> = kinds
            .iter()
            .enumerate()
            .map(|(i, kind)| (kind.name.clone(), i))
            .collect();
        let citations = Citations::new(&source.laws);
        let markers = markers(&source, &names, &mut problems);
        let situations = (0..source.situations.len())
            .map(|place| {
                situation(
                    &source,
                    place,
                    (&names, &citations),
                    &kind_index,
                    &mut problems,
                )
            })
            .collect();
        let mut situations = in_order(situations, &markers, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        let smoker = source.smoker.as_deref().and_then(|path| {
            let (kind, field) = path.rsplit_once('.')?;
            Some((*kind_index.get(kind)?, field.to_owned()))
        });
        let mut marker_index = FxHashMap::default();
        for (place, marker) in source.markers.iter().enumerate() {
            marker_index.insert(marker.loinc.clone(), place);
            marker.also.iter().for_each(|code| {
                marker_index.insert(code.clone(), place);
            });
        }
        let smokes = smoker.as_ref().map(|(kind, _)| *kind);
        let reads = Reads::new(&mut situations, &markers, smokes, kinds.len());
        let own = situations.iter().flat_map(|one| &one.steps);
        let mut rows = own.filter_map(|step| step.screening.as_ref());
        let tests = rows.next().map(|row| (row.kind, row.field.clone()));
        Ok(Self {
            tests,
            zone,
            calendar: WorkCalendar::new(&source.calendar),
            person: kind_index.get("person").copied(),
            outcome: kind_index["step.outcome"],
            ended: kind_index["situation.ended"],
            smoker,
            citations,
            parameters: source.parameters.keys().cloned().collect(),
            marker_index,
            reads,
            steps: situations.iter().map(|one| one.steps.len() + 4).sum(),
            kinds,
            kind_index,
            markers,
            situations,
            source,
        })
    }
}
