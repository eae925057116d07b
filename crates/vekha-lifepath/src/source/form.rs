//! Forms of texts that a type alone does not tell an editor.
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// A window as it is written: where it opens and where it closes.
pub struct WindowForm;

impl JsonSchema for WindowForm {
    fn schema_name() -> Cow<'static, str> {
        "Window".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "array",
            "description": "Where it opens and where it closes, counted from the anchor: +0h, +3bd, -2w, @04-01 (a day of the year), @day15 (of the month); null is an open end.",
            "minItems": 2,
            "maxItems": 2,
            "items": {
                "type": ["string", "null"],
                "pattern": r"^([+-]?\d+(min|h|d|bd|w|mo|y)|@\d{2}-\d{2}|@day\d{1,2})$",
            },
        })
    }
}
