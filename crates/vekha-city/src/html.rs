//! What every page of this city for people has in common.

use vekha_model::Text;

/// A whole page: small, in the browser's own colours, large enough for a finger.
pub(crate) fn page(language: &str, title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<title>{title}</title><style>
:root {{ color-scheme: light dark; font: 1.0625rem/1.5 system-ui, sans-serif }}
body {{ max-width: 34rem; margin: 0 auto; padding: 1.5rem 1rem 3rem }}
h1 {{ font-size: 1.6rem; line-height: 1.2 }} h2 {{ font-size: 1.0625rem }}
.people {{ list-style: none; padding: 0; display: grid; gap: .5rem }}
button {{ font: inherit; min-height: 3rem; padding: .5rem 1rem; border: 1px solid; border-radius: .75rem; cursor: pointer }}
.people button {{ width: 100%; text-align: start; display: flex; justify-content: space-between; gap: 1rem; flex-wrap: wrap; align-items: center }}
</style></head><body><main><h1>{title}</h1>{body}</main></body></html>"
    )
}

/// Both languages in one line, where no marks may stand: a button, a choice.
pub(crate) fn both(text: &Text) -> String {
    escape(&format!("{} · {}", text.ru, text.en))
}

/// Both languages in one line, the English marked as such.
pub(crate) fn marked(text: &Text) -> String {
    let (ru, en) = (escape(&text.ru), escape(&text.en));
    format!("{ru} <small lang=\"en\">{en}</small>")
}

pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
