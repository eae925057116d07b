//! What all pages share.
use super::Look;
use maud::{DOCTYPE, Markup, html};

/// A page in its frame; `file` is its name, the same in both languages.
pub fn frame(look: &Look<'_>, file: &str, title: &str, body: &Markup) -> Markup {
    let language = look.words.language;
    let (own, other) = (language.code(), language.other().code());
    html! {
        (DOCTYPE)
        html lang=(own) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                link rel="stylesheet" href="../style.css";
            }
            body {
                nav {
                    a href="index.html" { (look.words.say("site-index")) }
                    a href={ "../" (other) "/" (file) } hreflang=(other) lang=(other) { (look.words.say("site-language")) }
                }
                main { (body) }
            }
        }
    }
}
