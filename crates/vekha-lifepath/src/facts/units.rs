//! Enough of UCUM to know when two units measure the same thing, and by what factor.

/// How many `to` one `from` is; `None` where they do not measure the same.
pub fn factor(from: &str, to: &str) -> Option<f64> {
    if from == to {
        return Some(1.0);
    }
    let (a, kind_a) = ratio(from)?;
    let (b, kind_b) = ratio(to)?;
    (kind_a == kind_b).then(|| a / b)
}

type Dimension = (&'static str, Option<&'static str>);

fn ratio(unit: &str) -> Option<(f64, Dimension)> {
    match unit.trim().split_once('/') {
        Some((top, bottom)) => {
            let ((a, top), (b, bottom)) = (single(top)?, single(bottom)?);
            Some((a / b, (top, Some(bottom))))
        }
        None => single(unit.trim()).map(|(a, top)| (a, (top, None))),
    }
}

fn single(unit: &str) -> Option<(f64, &'static str)> {
    const UNITS: [(&str, &str); 12] = [
        ("[iU]", "IU"),
        ("[IU]", "IU"),
        ("IU", "IU"),
        ("[arb'U]", "U"),
        ("U", "U"),
        ("mol", "mol"),
        ("g", "g"),
        ("L", "L"),
        ("l", "L"),
        ("m", "m"),
        ("%", "%"),
        ("1", "1"),
    ];
    const PREFIXES: [(&str, f64); 10] = [
        ("", 1.0),
        ("k", 1e3),
        ("h", 1e2),
        ("d", 1e-1),
        ("c", 1e-2),
        ("m", 1e-3),
        ("u", 1e-6),
        ("µ", 1e-6),
        ("n", 1e-9),
        ("p", 1e-12),
    ];
    for (name, dimension) in UNITS {
        if let Some(prefix) = unit.strip_suffix(name)
            && let Some((_, factor)) = PREFIXES.iter().find(|(known, _)| *known == prefix)
        {
            return Some((*factor, dimension));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::factor;

    #[test]
    fn the_same_amount_in_other_words_is_converted() {
        assert!((factor("ug/L", "ng/mL").unwrap() - 1.0).abs() < 1e-9);
        assert!((factor("ng/dL", "ng/mL").unwrap() - 0.01).abs() < 1e-9);
        assert!((factor("[IU]/L", "m[IU]/mL").unwrap() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn what_measures_something_else_is_never_compared() {
        assert_eq!(factor("ng/mL", "U/mL"), None);
        assert_eq!(factor("pmol/L", "ng/mL"), None);
        assert_eq!(factor("", "ng/mL"), None);
    }
}
