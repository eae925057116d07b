use std::fmt;

/// The scopes a sign-in was granted, in the order asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scopes(Vec<String>);

/// What may be done with a kind of FHIR resource (SMART App Launch 2: c, r, u, d, s).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    Create,
    Read,
    Update,
    Search,
}

const PLAIN: [&str; 7] = [
    "openid",
    "profile",
    "offline_access",
    "launch/patient",
    "fhirUser",
    "vekha",
    "patient/Appointment.u",
];

impl Scopes {
    pub fn parse(text: &str) -> Self {
        let mut scopes: Vec<String> = Vec::new();
        for scope in text.split_ascii_whitespace() {
            if !scopes.iter().any(|known| known == scope) {
                scopes.push(scope.to_owned());
            }
        }
        Self(scopes)
    }

    pub fn has(&self, scope: &str) -> bool {
        self.0.iter().any(|known| known == scope)
    }

    /// The part a resident's device can be given; what the city does not know is left out (RFC 6749 §3.3).
    pub(super) fn for_resident(&self) -> Self {
        self.keep(|scope| {
            PLAIN.contains(&scope)
                || Grant::parse(scope)
                    .is_some_and(|grant| grant.whose == "patient" && !grant.right(Right::Create))
        })
    }

    /// The part of `self` that is inside `allowed`.
    pub(super) fn within(&self, allowed: &Self) -> Self {
        self.keep(|scope| allowed.has(scope))
    }

    fn keep(&self, wanted: impl Fn(&str) -> bool) -> Self {
        Self(self.0.iter().filter(|it| wanted(it)).cloned().collect())
    }

    /// Whether `patient` or `system` may do this with this kind of resource.
    pub fn allow(&self, whose: &str, resource: &str, right: Right) -> bool {
        self.0
            .iter()
            .filter_map(|scope| Grant::parse(scope))
            .any(|grant| {
                grant.whose == whose
                    && (grant.resource == "*" || grant.resource == resource)
                    && grant.right(right)
            })
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" "))
    }
}

/// `patient/Observation.rs`, or `patient/Observation.read` as SMART 1 wrote it.
struct Grant<'a> {
    whose: &'a str,
    resource: &'a str,
    rights: &'a str,
}

impl<'a> Grant<'a> {
    fn parse(scope: &'a str) -> Option<Self> {
        let (whose, rest) = scope.split_once('/')?;
        let (resource, rights) = rest.split_once('.')?;
        let known = match rights {
            "read" | "write" | "*" => true,
            // In this order only; a narrowing query (`rs?category=…`) is more than we can keep.
            letters => {
                let mut order = "cruds".chars();
                !letters.is_empty() && letters.chars().all(|it| order.any(|next| next == it))
            }
        };
        let kind = resource == "*" || resource.bytes().all(|it| it.is_ascii_alphabetic());
        (known && kind && !resource.is_empty() && matches!(whose, "patient" | "system")).then_some(
            Self {
                whose,
                resource,
                rights,
            },
        )
    }

    fn right(&self, right: Right) -> bool {
        match (self.rights, right) {
            ("*", _)
            | ("read", Right::Read | Right::Search)
            | ("write", Right::Create | Right::Update) => true,
            ("read" | "write", _) => false,
            (letters, Right::Create) => letters.contains('c'),
            (letters, Right::Read) => letters.contains('r'),
            (letters, Right::Update) => letters.contains('u'),
            (letters, Right::Search) => letters.contains('s'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wildcard_reads_everything_and_writes_nothing() {
        let scopes = Scopes::parse("openid patient/*.rs");
        assert!(scopes.allow("patient", "Observation", Right::Search));
        assert!(!scopes.allow("patient", "Appointment", Right::Update));
        assert!(!scopes.allow("system", "Observation", Right::Read));
    }

    #[test]
    fn the_older_way_of_writing_scopes_is_understood() {
        let scopes = Scopes::parse("patient/Observation.read");
        assert!(scopes.allow("patient", "Observation", Right::Read));
        assert!(!scopes.allow("patient", "Observation", Right::Create));
    }

    #[test]
    fn a_resident_is_never_granted_system_rights_or_creation() {
        let asked =
            Scopes::parse("openid system/*.cruds patient/*.cruds patient/*.rs patient/*.* email");
        assert_eq!(asked.for_resident().to_string(), "openid patient/*.rs");
    }

    #[test]
    fn letters_out_of_order_grant_nothing() {
        assert!(!Scopes::parse("patient/*.sr").allow("patient", "Slot", Right::Read));
    }
}
