//! The terms of the profile, and the graph they make.
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use vekha_lifepath::source::Source;
use vekha_model::Text;

/// Entries of the European Union's tables of countries and languages.
pub const RUSSIA: &str = "http://publications.europa.eu/resource/authority/country/RUS";
pub const RUSSIAN: &str = "http://publications.europa.eu/resource/authority/language/RUS";

/// Names in the document and the terms behind them.
const NAMES: [(&str, &str); 23] = [
    ("cpsv", "http://purl.org/vocab/cpsv#"),
    ("cv", "http://data.europa.eu/m8g/"),
    ("dct", "http://purl.org/dc/terms/"),
    ("eli", "http://data.europa.eu/eli/ontology#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("id", "@id"),
    ("type", "@type"),
    ("PublicService", "cpsv:PublicService"),
    ("Rule", "cpsv:Rule"),
    ("Event", "cv:Event"),
    ("LifeEvent", "cv:LifeEvent"),
    ("BusinessEvent", "cv:BusinessEvent"),
    ("PublicOrganisation", "cv:PublicOrganisation"),
    ("Organization", "org:Organization"),
    ("Channel", "cv:Channel"),
    ("Requirement", "cv:Requirement"),
    ("LegalResource", "eli:LegalResource"),
    ("Concept", "skos:Concept"),
    ("Location", "dct:Location"),
    ("LinguisticSystem", "dct:LinguisticSystem"),
    ("identifier", "dct:identifier"),
];

/// Properties whose values are words by language.
const TEXTS: [(&str, &str); 4] = [
    ("title", "dct:title"),
    ("description", "dct:description"),
    ("prefLabel", "skos:prefLabel"),
    ("eliTitle", "eli:title"),
];

/// Properties that point to other nodes.
const LINKS: [(&str, &str); 13] = [
    ("language", "dct:language"),
    ("spatial", "dct:spatial"),
    ("follows", "cpsv:follows"),
    ("implements", "cpsv:implements"),
    ("fulfils", "cv:fulfils"),
    ("hasLegalResource", "cv:hasLegalResource"),
    ("hasCompetentAuthority", "cv:hasCompetentAuthority"),
    ("hasChannel", "cv:hasChannel"),
    ("hasRelatedService", "cv:hasRelatedService"),
    ("holdsRequirement", "cv:holdsRequirement"),
    ("isGroupedBy", "cv:isGroupedBy"),
    ("ownedBy", "cv:ownedBy"),
    ("thematicArea", "cv:thematicArea"),
];

/// What the names in the document mean.
pub fn context() -> Value {
    let names = NAMES.map(|(name, term)| (name, json!(term)));
    let texts = TEXTS.map(|(name, term)| (name, json!({ "@id": term, "@container": "@language" })));
    let links = LINKS.map(|(name, term)| {
        (
            name,
            json!({ "@id": term, "@type": "@id", "@container": "@set" }),
        )
    });
    let duration = json!({ "@id": "cv:processingTime", "@type": "xsd:duration" });
    let all = names.into_iter().chain(texts).chain(links);
    let all = all.chain([("processingTime", duration)]);
    Value::Object(all.map(|(name, term)| (name.to_owned(), term)).collect())
}

/// The words of both languages; a translation that is missing is left out.
pub fn text(of: &Text) -> Value {
    let said = [("ru", &of.ru), ("en", &of.en)];
    let said = said.into_iter().filter(|(_, words)| !words.is_empty());
    Value::Object(
        said.map(|(language, words)| (language.to_owned(), json!(words)))
            .collect(),
    )
}

/// Several texts as one; none where there is none.
pub fn joined(of: &[Text]) -> Option<Value> {
    let join = |pick: fn(&Text) -> &String| {
        let all: Vec<&str> = of.iter().map(|one| pick(one).as_str()).collect();
        all.join("; ")
    };
    let both = Text::new(join(|text| &text.ru), join(|text| &text.en));
    (!of.is_empty()).then(|| text(&both))
}

/// The nodes of the document, each once.
pub struct Graph {
    base: String,
    pub nodes: Vec<Value>,
    known: BTreeSet<String>,
}

impl Graph {
    pub fn new(source: &Source) -> Self {
        let mut graph = Self {
            base: format!("urn:x-vekha:{}", source.header.id),
            nodes: Vec::new(),
            known: BTreeSet::new(),
        };
        let country = json!({ "ru": "Россия", "en": "Russia" });
        graph.once(RUSSIA, &["Location"], &[("prefLabel", country)]);
        let language = json!({ "ru": "русский", "en": "Russian" });
        graph.once(RUSSIAN, &["LinguisticSystem"], &[("prefLabel", language)]);
        graph
    }

    /// A name in the catalogue as an IRI; what an IRI cannot hold is written in percents.
    pub fn iri(&self, what: &str, name: &str) -> String {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '.');
        let mut iri = format!("{}:{what}:", self.base);
        for c in name.chars() {
            if plain(c) {
                iri.push(c);
            } else {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    iri.push_str(&format!("%{byte:02X}"));
                }
            }
        }
        iri
    }

    pub fn push(&mut self, node: Map<String, Value>) {
        self.nodes.push(Value::Object(node));
    }

    /// A node that several others point to.
    pub fn once(&mut self, iri: &str, classes: &[&str], parts: &[(&str, Value)]) {
        if self.known.insert(iri.to_owned()) {
            let mut node = super::node(iri, classes);
            node.extend(
                parts
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), value.clone())),
            );
            self.push(node);
        }
    }
}
