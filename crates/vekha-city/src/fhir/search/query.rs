use super::param::Param;
use crate::fhir::{Outcome, resource::Resource};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::tz::TimeZone;
use std::cmp::Ordering;

const PAGE: usize = 50;
const LARGEST_PAGE: usize = 500;

/// A search as it was understood; what was not is left out, and out of the self link.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    kind: &'static str,
    filters: Vec<Filter>,
    order: Vec<(&'static Param, bool)>,
    pub(super) count: usize,
    pub(super) only_count: bool,
    /// The sort keys and the id of the last resource of the page before.
    after: Option<(Vec<Option<String>>, String)>,
    /// The understood parameters, as given, without the page.
    pub(super) pairs: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
struct Filter {
    param: &'static Param,
    test: Test,
}

#[derive(Debug, Clone)]
enum Test {
    /// One of these.
    Any(Vec<String>),
    Not(Vec<String>),
    Missing(bool),
}

impl Query {
    pub(crate) fn read(kind: &'static str, text: &str, strict: bool) -> Result<Self, Outcome> {
        let mut query = Self {
            kind,
            filters: Vec::new(),
            order: Vec::new(),
            count: PAGE,
            only_count: false,
            after: None,
            pairs: Vec::new(),
        };
        for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
            if value.is_empty() {
                continue;
            }
            let known = query.take(&name, &value)?;
            if known && name != "_cursor" {
                query.pairs.push((name.into_owned(), value.into_owned()));
            } else if !known && strict {
                return Err(Outcome::bad_search(format!(
                    "{kind} cannot be searched by “{name}”"
                )));
            }
        }
        if query.order.is_empty() {
            query.sort("_lastUpdated")?;
        }
        Ok(query)
    }

    /// Whether nothing but pages and formats was asked: not a question that could name one resource.
    pub(crate) fn is_open(&self) -> bool {
        self.filters.is_empty()
    }

    /// The values a parameter was asked to have, such as the patients a search names.
    pub(crate) fn asked<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.filters
            .iter()
            .filter(move |filter| filter.param.name == name)
            .flat_map(|filter| match &filter.test {
                Test::Any(values) => values.as_slice(),
                _ => &[],
            })
            .map(String::as_str)
    }

    fn take(&mut self, name: &str, value: &str) -> Result<bool, Outcome> {
        match name {
            "_count" => {
                let count: usize = value
                    .parse()
                    .map_err(|_| Outcome::bad_search("_count must be a whole number"))?;
                self.only_count |= count == 0;
                self.count = count.clamp(1, LARGEST_PAGE);
            }
            "_summary" if value == "count" => self.only_count = true,
            "_summary" | "_total" | "_format" | "_pretty" => {}
            "_sort" => self.sort(value)?,
            "_cursor" => {
                self.after = Some(
                    URL_SAFE_NO_PAD
                        .decode(value)
                        .ok()
                        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
                        .ok_or_else(|| Outcome::bad_search("this page link is not one of ours"))?,
                );
            }
            _ => return self.filter(name, value),
        }
        Ok(true)
    }

    fn filter(&mut self, name: &str, value: &str) -> Result<bool, Outcome> {
        let (bare, modifier) = match name.split_once(':') {
            Some((bare, modifier)) => (bare, Some(modifier)),
            None => (name, None),
        };
        let Some(param) = Param::find(self.kind, bare) else {
            return Ok(false);
        };
        let values = || split(value);
        // Told at once, not only where there is something to compare with.
        if param.how == super::How::Date
            && modifier.is_none()
            && let Some(odd) = values().iter().find(|it| !super::date::is_date(it))
        {
            return Err(Outcome::bad_search(format!(
                "“{odd}” is not a date for “{bare}”"
            )));
        }
        let test = match (modifier, param.how) {
            (None, _) => Test::Any(values()),
            (Some("missing"), _) => Test::Missing(value == "true"),
            (Some("not"), super::How::Token) => Test::Not(values()),
            (Some(kind), super::How::Reference(own)) if kind == own => Test::Any(values()),
            // A modifier changes the question: ignoring it would answer another one.
            (Some(modifier), _) => {
                return Err(Outcome::bad_search(format!(
                    "the modifier “{modifier}” is not offered for “{bare}”"
                )));
            }
        };
        self.filters.push(Filter { param, test });
        Ok(true)
    }

    fn sort(&mut self, value: &str) -> Result<(), Outcome> {
        for name in value.split(',') {
            let (name, down) = match name.strip_prefix('-') {
                Some(name) => (name, true),
                None => (name, false),
            };
            let param = Param::find(self.kind, name).ok_or_else(|| {
                Outcome::bad_search(format!("{} cannot be sorted by “{name}”", self.kind))
            })?;
            self.order.push((param, down));
        }
        Ok(())
    }

    /// What fits, in order.
    pub(crate) fn pick(
        &self,
        from: Vec<Resource>,
        base: &str,
        zone: &TimeZone,
    ) -> Result<Vec<Resource>, Outcome> {
        let mut picked = Vec::new();
        for resource in from {
            let mut fits = true;
            for filter in &self.filters {
                fits &= filter.fits(&resource, base, zone)?;
            }
            if fits {
                let keys = self.keys(&resource, zone);
                picked.push((keys, resource));
            }
        }
        picked.sort_by(|(left, a), (right, b)| self.compare(left, &a.id, right, &b.id));
        Ok(picked.into_iter().map(|(_, resource)| resource).collect())
    }

    /// The page after the one the link came from, and the link's token to the next.
    pub(super) fn page(
        &self,
        picked: Vec<Resource>,
        zone: &TimeZone,
    ) -> Result<(Vec<Resource>, Option<String>), Outcome> {
        let mut page: Vec<Resource> = picked
            .into_iter()
            .filter(|resource| {
                self.after.as_ref().is_none_or(|(keys, id)| {
                    let own = self.keys(resource, zone);
                    self.compare(&own, &resource.id, keys, id) == Ordering::Greater
                })
            })
            .take(self.count + 1)
            .collect();
        let more = page.len() > self.count;
        page.truncate(self.count);
        let next = match page.last() {
            Some(last) if more => {
                let token = (self.keys(last, zone), &last.id);
                Some(URL_SAFE_NO_PAD.encode(serde_json::to_vec(&token)?))
            }
            _ => None,
        };
        Ok((page, next))
    }

    fn keys(&self, resource: &Resource, zone: &TimeZone) -> Vec<Option<String>> {
        self.order
            .iter()
            .map(|(param, _)| param.key(resource, zone))
            .collect()
    }

    /// By the keys, what lacks one last; then by id, so that no two are alike.
    fn compare(
        &self,
        left: &[Option<String>],
        left_id: &str,
        right: &[Option<String>],
        right_id: &str,
    ) -> Ordering {
        let by_keys = self
            .order
            .iter()
            .zip(left.iter().zip(right))
            .map(|((_, down), pair)| match pair {
                (Some(a), Some(b)) if *down => b.cmp(a),
                (Some(a), Some(b)) => a.cmp(b),
                (a, b) => b.is_some().cmp(&a.is_some()),
            })
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal);
        by_keys.then_with(|| left_id.cmp(right_id))
    }
}

impl Filter {
    fn fits(&self, resource: &Resource, base: &str, zone: &TimeZone) -> Result<bool, Outcome> {
        let any = |values: &[String]| {
            let mut found = false;
            for value in values {
                found |= self
                    .param
                    .fits(resource, value, base, zone)
                    .ok_or_else(|| {
                        Outcome::bad_search(format!(
                            "“{value}” is not a value for “{}”",
                            self.param.name
                        ))
                    })?;
            }
            Ok(found)
        };
        match &self.test {
            Test::Any(values) => any(values),
            Test::Not(values) => any(values).map(|found| !found),
            Test::Missing(wanted) => Ok(self.param.is_missing(resource) == *wanted),
        }
    }
}

/// Alternatives are joined by commas; a comma inside a value is written `\,`.
fn split(value: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ',' => values.push(String::new()),
            '\\' => values
                .last_mut()
                .into_iter()
                .for_each(|it| it.extend(letters.next())),
            other => values.last_mut().into_iter().for_each(|it| it.push(other)),
        }
    }
    values.retain(|it| !it.is_empty());
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use serde_json::json;

    fn observation(id: &str, second: i64) -> Resource {
        let at = Timestamp::from_second(second).unwrap();
        Resource::made("Observation", id, 1, at, None, json!({"status": "final"}))
    }

    fn ids(query: &str, from: Vec<Resource>) -> (Vec<String>, Option<String>) {
        let query = Query::read("Observation", query, false).unwrap();
        let picked = query.pick(from, "", &TimeZone::UTC).unwrap();
        let (page, next) = query.page(picked, &TimeZone::UTC).unwrap();
        (page.into_iter().map(|it| it.id).collect(), next)
    }

    #[test]
    fn pages_follow_each_other_although_all_share_one_instant() {
        let all = || (0..5).map(|n| observation(&format!("o{n}"), 7)).collect();
        let (first, next) = ids("_count=2", all());
        assert_eq!(first, ["o0", "o1"]);
        let (second, next) = ids(&format!("_count=2&_cursor={}", next.unwrap()), all());
        assert_eq!(second, ["o2", "o3"]);
        let (third, next) = ids(&format!("_count=2&_cursor={}", next.unwrap()), all());
        assert_eq!(third, ["o4"]);
        assert_eq!(next, None);
    }

    #[test]
    fn the_newest_can_come_first() {
        let all = vec![observation("old", 1), observation("new", 9)];
        assert_eq!(ids("_sort=-_lastUpdated", all).0, ["new", "old"]);
    }

    #[test]
    fn what_is_not_understood_is_ignored_unless_strictness_is_asked() {
        assert!(Query::read("Observation", "colour=blue", false).is_ok());
        assert!(Query::read("Observation", "colour=blue", true).is_err());
        assert!(Query::read("Observation", "code:in=x", false).is_err());
        assert!(Query::read("Observation", "_sort=colour", false).is_err());
    }

    #[test]
    fn a_comma_can_be_part_of_a_value() {
        assert_eq!(split(r"a\,b,c"), ["a,b", "c"]);
    }
}
