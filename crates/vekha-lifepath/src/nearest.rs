/// The known name that somebody may have meant, as the end of a message; empty where none is near.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    const ALIKE: f64 = 0.84;
    let near = known
        .into_iter()
        .map(|other| (strsim::jaro_winkler(name, other), other))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match near {
        Some((likeness, other)) if likeness >= ALIKE => format!("; did you mean “{other}”?"),
        _ => String::new(),
    }
}
