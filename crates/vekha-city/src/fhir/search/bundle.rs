use super::Query;
use crate::fhir::{Outcome, resource::Resource};
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::value::RawValue;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bundle {
    resource_type: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    total: usize,
    link: Vec<Link>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    entry: Vec<Entry>,
}

#[derive(Serialize)]
struct Link {
    relation: &'static str,
    url: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    full_url: String,
    resource: Box<RawValue>,
    search: Search,
}

#[derive(Serialize)]
struct Search {
    mode: &'static str,
}

/// A page of what was found, its links, and the resources on it.
pub(crate) fn bundle(
    kind: &str,
    query: &Query,
    picked: Vec<Resource>,
    base: &str,
    zone: &TimeZone,
) -> Result<(String, Vec<Resource>), Outcome> {
    let total = picked.len();
    let (page, next) = if query.only_count {
        (Vec::new(), None)
    } else {
        query.page(picked, zone)?
    };
    let url = |cursor: Option<&str>| {
        let mut text = url::form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(&query.pairs);
        if let Some(cursor) = cursor {
            text.append_pair("_cursor", cursor);
        }
        let text = text.finish();
        if text.is_empty() {
            format!("{base}/{kind}")
        } else {
            format!("{base}/{kind}?{text}")
        }
    };
    let mut link = vec![Link {
        relation: "self",
        url: url(None),
    }];
    if let Some(next) = &next {
        link.push(Link {
            relation: "next",
            url: url(Some(next)),
        });
    }
    let entry = page
        .iter()
        .map(|resource| {
            Ok(Entry {
                full_url: resource.url(base),
                resource: RawValue::from_string(resource.text.clone())?,
                search: Search { mode: "match" },
            })
        })
        .collect::<Result<_, serde_json::Error>>()?;
    let bundle = Bundle {
        resource_type: "Bundle",
        kind: "searchset",
        total,
        link,
        entry,
    };
    Ok((serde_json::to_string(&bundle)?, page))
}
