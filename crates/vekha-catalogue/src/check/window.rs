use vekha_lifepath::time::{Span, Unit};

/// The least and the most minutes a span can last.
pub fn length(span: Span) -> (i64, i64) {
    let day = 24 * 60;
    let (least, most) = match span.unit {
        Unit::Minute => (1, 1),
        Unit::Hour => (60, 60),
        Unit::Day => (day, day),
        Unit::WorkingDay => (day, 12 * day),
        Unit::Week => (7 * day, 7 * day),
        Unit::Month => (28 * day, 31 * day),
        Unit::Year => (365 * day, 366 * day),
    };
    let (a, b) = (
        span.count.saturating_mul(least),
        span.count.saturating_mul(most),
    );
    (a.min(b), a.max(b))
}
