use super::output::write;
use crate::schema::schemas;
use std::path::Path;

pub fn write_all(out: &Path) -> Result<bool, String> {
    let all = schemas();
    for (name, schema) in &all {
        let text = serde_json::to_string_pretty(schema).map_err(|error| error.to_string())?;
        write(&out.join(format!("{name}.json")), &format!("{text}\n"))?;
    }
    println!("{} schemas in {}", all.len(), out.display());
    Ok(true)
}
