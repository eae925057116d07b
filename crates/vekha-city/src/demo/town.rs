//! What the demo town is called, and who is named in it where nobody says a name.

use vekha_model::Text;

/// A newborn whom nobody has named yet.
pub(crate) const NEWBORN: &str = "Малыш";
/// What the operator's form has prescribed before anybody writes something else, and by whom.
pub(crate) const DIET: &str = "Стол № 5: варёное и тушёное, пять раз в день.";
pub(crate) const ONCOLOGIST: &str = "Сафина А. Р.";

pub(crate) fn name() -> Text {
    Text::new("Береговой", "Beregovoy")
}

pub(crate) fn help() -> Text {
    Text::new(
        "Дежурный куратор города: 8 800 000-00-00 (вымышленный номер)",
        "The city's care coordinator: 8 800 000-00-00 (a made-up number)",
    )
}

/// Who answers residents.
pub(crate) fn coordinator() -> Text {
    Text::new(
        "Куратор города О. В. Нестерова",
        "City coordinator O. V. Nesterova",
    )
}
