use super::super::state::{Seen, SeenResident, SeenVisit};
use crate::{
    demo::town,
    html::{both, escape, marked},
};
use std::fmt::Write;
use vekha_model::ResidentId;
use vekha_protocol::{AppointmentStatus, Inquiry, InquiryKind};

const PAGE: &str = include_str!("page.html");

pub(super) fn render(seen: &Seen) -> String {
    let title = vekha_words::filled("operator-title", &[("city", &town::name())]);
    let rows: String = seen.residents.iter().map(|it| row(seen, it)).collect();
    let kinds: String = seen
        .kinds
        .iter()
        .map(|kind| format!("<option>{}</option>", escape(kind)))
        .collect();
    let mut inquiries: String = seen
        .questions
        .iter()
        .chain(&seen.disputes)
        .map(|it| inquiry(seen, it))
        .collect();
    if inquiries.is_empty() {
        let nobody = marked(&vekha_words::text("operator-nobody-asked"));
        inquiries = format!("<p>{nobody}</p>");
    }
    let laboratory = &seen.laboratory;
    fill(&[
        ("title", both(&title)),
        ("now", escape(&seen.now.to_string())),
        ("who", who(seen)),
        ("kinds", kinds),
        ("inquiries", inquiries),
        ("residents", rows),
        ("diet", escape(town::DIET)),
        ("doctor", escape(town::ONCOLOGIST)),
        ("address", escape(&seen.address)),
        ("code", code(&seen.address)),
        ("observations", escape(&laboratory.observations)),
        ("token", escape(&laboratory.token)),
        ("client", escape(&laboratory.client_id)),
        ("secret", escape(&laboratory.client_secret)),
    ])
}

/// The page with its gaps filled: `{{name}}` with what has that name, `{{"key"}}` with words in both languages, and
/// `{{small "key"}}` with the same, the English marked.
fn fill(values: &[(&str, String)]) -> String {
    let mut page = String::new();
    let mut rest = PAGE;
    while let Some((before, gap, after)) = next_gap(rest) {
        page.push_str(before);
        match gap.split('"').collect::<Vec<_>>()[..] {
            ["", key, ""] => page.push_str(&both(&vekha_words::text(key))),
            ["small ", key, ""] => page.push_str(&marked(&vekha_words::text(key))),
            _ => match values.iter().find(|(name, _)| *name == gap) {
                Some((_, value)) => page.push_str(value),
                None => debug_assert!(false, "nothing fills {gap}"),
            },
        }
        rest = after;
    }
    page + rest
}

fn next_gap(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("{{")?;
    let (gap, after) = rest.split_once("}}")?;
    Some((before, gap, after))
}

fn who(seen: &Seen) -> String {
    let mut who = format!(
        "<label>{} <select name=\"resident\">",
        both(&vekha_words::text("operator-who"))
    );
    for it in &seen.residents {
        let (id, name) = (escape(it.resident.id.as_str()), escape(&it.resident.name));
        // Writing to a String cannot fail.
        let _ = write!(who, "<option value=\"{id}\">{name} · {id}</option>");
    }
    who + "</select></label>"
}

fn row(seen: &Seen, it: &SeenResident) -> String {
    let born = it.resident.birth_date.map(|date| date.to_string());
    let visits: String = seen
        .appointments
        .iter()
        .filter(|visit| visit.resident == it.resident.id)
        .map(visit)
        .collect();
    let shows = it.shows.clone().unwrap_or_default();
    format!(
        "<tr><td>{}<br><small>{}, {}</small></td><td>{}<br><small lang=\"en\">{}</small></td><td>{}</td><td>{visits}</td></tr>",
        escape(&it.resident.name),
        escape(it.resident.id.as_str()),
        born.unwrap_or_default(),
        escape(&shows.ru),
        escape(&shows.en),
        it.facts
    )
}

fn visit(it: &SeenVisit) -> String {
    let status = match it.status {
        AppointmentStatus::Pending => both(&vekha_words::text("operator-offered")),
        AppointmentStatus::Booked => both(&vekha_words::text("operator-booked")),
        AppointmentStatus::Fulfilled => both(&vekha_words::text("operator-took-place")),
        AppointmentStatus::Cancelled => both(&vekha_words::text("operator-cancelled")),
        _ => "—".to_owned(),
    };
    let mut row = format!(
        "{} {} ({status})",
        escape(&it.start.to_string()),
        escape(&it.neutral.ru)
    );
    if it.status.is_offer() || it.status == AppointmentStatus::Booked {
        for (verb, name) in [
            ("fulfil-visit", vekha_words::text("operator-took-place")),
            ("cancel-visit", vekha_words::text("operator-cancel")),
        ] {
            let _ = write!(
                row,
                " <form method=\"post\" action=\"/operator/do/{verb}\"><input type=\"hidden\" name=\"appointment\" value=\"{}\"><button>{}</button></form>",
                escape(it.id.as_str()),
                both(&name)
            );
        }
    }
    row.push_str("<br>");
    row
}

fn inquiry(seen: &Seen, it: &Inquiry) -> String {
    let title = vekha_words::text(match it.kind {
        InquiryKind::Question => "operator-question",
        InquiryKind::Dispute => "operator-dispute",
    });
    let head = format!(
        "<h3>{}</h3><p><strong>{}</strong>, {}<br><small>{}</small></p><p>{}</p>",
        marked(&title),
        escape(&name(seen, &it.subject)),
        escape(&it.asked.to_string()),
        escape(it.about.as_deref().unwrap_or_default()),
        escape(&it.text)
    );
    if let Some(answer) = &it.answer {
        return format!(
            "<section>{head}<p>→ {} <small>{}</small></p></section>",
            escape(&answer.text),
            escape(&answer.by.ru)
        );
    }
    let verdict = match it.kind {
        InquiryKind::Question => String::new(),
        InquiryKind::Dispute => format!(
            "<label>{} <select name=\"verdict\"><option value=\"stands\">{}</option><option value=\"withdrawn\">{}</option></select></label>",
            both(&vekha_words::text("operator-disputed")),
            both(&vekha_words::text("operator-stands")),
            both(&vekha_words::text("operator-wrong"))
        ),
    };
    format!(
        "<form class=\"card\" method=\"post\" action=\"/operator/do/answer\">{head}<input type=\"hidden\" name=\"inquiry\" value=\"{}\">{verdict}\
         <label>{} <textarea name=\"text\" rows=\"2\" required></textarea></label>\
         <label>{} <input name=\"by\" value=\"{}\" required></label><button>{}</button></form>",
        escape(&it.id),
        both(&vekha_words::text("operator-answer")),
        both(&vekha_words::text("operator-answered-by")),
        escape(&town::coordinator().ru),
        both(&vekha_words::text("operator-reply"))
    )
}

/// The address as a QR code to be scanned (ISO/IEC 18004).
fn code(address: &str) -> String {
    let Ok(code) = qrcode::QrCode::new(address) else {
        return String::new();
    };
    let drawn = code.render::<qrcode::render::svg::Color<'_>>().build();
    drawn
        .find("<svg")
        .map_or_else(String::new, |at| drawn[at..].to_owned())
}

fn name(seen: &Seen, id: &ResidentId) -> String {
    seen.residents
        .iter()
        .find(|it| it.resident.id == *id)
        .map_or_else(|| id.to_string(), |it| it.resident.name.clone())
}
