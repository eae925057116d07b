use super::super::state::{Seen, SeenResident, SeenVisit};
use crate::html::escape;
use std::fmt::Write;
use vekha_model::ResidentId;
use vekha_protocol::{AppointmentStatus, Inquiry, InquiryKind};

const PAGE: &str = include_str!("page.html");

pub(super) fn render(seen: &Seen) -> String {
    let mut who = String::from("<label>Кто · Who <select name=\"resident\">");
    for it in &seen.residents {
        let (id, name) = (escape(it.resident.id.as_str()), escape(&it.resident.name));
        // Writing to a String cannot fail.
        let _ = write!(who, "<option value=\"{id}\">{name} · {id}</option>");
    }
    who.push_str("</select></label>");
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
        inquiries.push_str("<p>Пока никто не спрашивал. <span class=\"en\" lang=\"en\">· Nobody has asked yet.</span></p>");
    }
    PAGE.replace("{{now}}", &escape(&seen.now.to_string()))
        .replace("{{who}}", &who)
        .replace("{{kinds}}", &kinds)
        .replace("{{inquiries}}", &inquiries)
        .replace("{{residents}}", &rows)
        .replace("{{address}}", &escape(&seen.address))
        .replace("{{code}}", &code(&seen.address))
        .replace("{{observations}}", &escape(&seen.laboratory.observations))
        .replace("{{token}}", &escape(&seen.laboratory.token))
        .replace("{{client}}", &escape(&seen.laboratory.client_id))
        .replace("{{secret}}", &escape(&seen.laboratory.client_secret))
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
        AppointmentStatus::Pending => "предложен · offered",
        AppointmentStatus::Booked => "записан · booked",
        AppointmentStatus::Fulfilled => "состоялся · took place",
        AppointmentStatus::Cancelled => "отменён · cancelled",
        _ => "—",
    };
    let mut row = format!(
        "{} {} ({status})",
        escape(&it.start.to_string()),
        escape(&it.neutral.ru)
    );
    if it.status.is_offer() || it.status == AppointmentStatus::Booked {
        for (verb, name) in [
            ("fulfil-visit", "состоялся · took place"),
            ("cancel-visit", "отменить · cancel"),
        ] {
            let _ = write!(
                row,
                " <form method=\"post\" action=\"/operator/do/{verb}\"><input type=\"hidden\" name=\"appointment\" value=\"{}\"><button>{name}</button></form>",
                escape(it.id.as_str())
            );
        }
    }
    row.push_str("<br>");
    row
}

fn inquiry(seen: &Seen, it: &Inquiry) -> String {
    let title = match it.kind {
        InquiryKind::Question => "Вопрос <small lang=\"en\">Question</small>",
        InquiryKind::Dispute => "«Это неверно» <small lang=\"en\">“This is wrong”</small>",
    };
    let head = format!(
        "<h3>{title}</h3><p><strong>{}</strong>, {}<br><small>{}</small></p><p>{}</p>",
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
        InquiryKind::Question => "",
        InquiryKind::Dispute => {
            "<label>Запись · The record <select name=\"verdict\"><option value=\"stands\">остаётся · stands</option><option value=\"withdrawn\">неверна, отозвать · wrong, withdraw it</option></select></label>"
        }
    };
    format!(
        "<form class=\"card\" method=\"post\" action=\"/operator/do/answer\">{head}<input type=\"hidden\" name=\"inquiry\" value=\"{}\">{verdict}\
         <label>Ответ · Answer <textarea name=\"text\" rows=\"2\" required></textarea></label>\
         <label>Кто отвечает · Who answers <input name=\"by\" value=\"Куратор города О. В. Нестерова\" required></label><button>Ответить · Answer</button></form>",
        escape(&it.id)
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
