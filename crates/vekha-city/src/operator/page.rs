use super::state::{self, Seen, SeenVisit};
use crate::{City, Fault};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{Html, IntoResponse},
};
use std::fmt::Write;
use vekha_protocol::AppointmentStatus;

const PAGE: &str = include_str!("page.html");
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";

pub(super) async fn show(State(city): State<City>) -> Result<impl IntoResponse, Fault> {
    let seen = state::see(&city).await?;
    Ok((
        [
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::CACHE_CONTROL, "no-store"),
        ],
        Html(render(&seen)),
    ))
}

/// What went wrong, and the way back.
pub(super) fn failed(fault: &Fault) -> impl IntoResponse + use<> {
    let words = fault.0.words.clone().unwrap_or_default();
    let detail = fault.0.detail.clone().unwrap_or_default();
    let page = format!(
        "<!doctype html><html lang=\"ru\"><meta charset=\"utf-8\"><title>Не получилось</title>\
         <body style=\"font:16px/1.5 system-ui;max-width:40rem;margin:2rem auto;padding:1rem\">\
         <h1>Не получилось · It did not work</h1><p>{}</p><p lang=\"en\">{}</p><p><code>{}</code></p>\
         <p><a href=\"/operator\">Назад · Back</a></p></body></html>",
        safe(&words.ru),
        safe(&words.en),
        safe(&detail)
    );
    let status = StatusCode::from_u16(fault.0.status).unwrap_or(StatusCode::BAD_REQUEST);
    (
        status,
        [(header::CONTENT_SECURITY_POLICY, POLICY)],
        Html(page),
    )
}

fn render(seen: &Seen) -> String {
    let mut who = String::from("<label>Кто · Who <select name=\"resident\">");
    let mut rows = String::new();
    for it in &seen.residents {
        let (id, name) = (safe(it.resident.id.as_str()), safe(&it.resident.name));
        let born = it
            .resident
            .birth_date
            .map(|date| date.to_string())
            .unwrap_or_default();
        // Writing to a String cannot fail.
        let _ = write!(who, "<option value=\"{id}\">{name} · {id}</option>");
        let visits: String = it.visits.iter().map(visit).collect();
        let _ = write!(
            rows,
            "<tr><td>{name}<br><small>{id}, {born}</small></td><td>{}</td><td>{visits}</td></tr>",
            it.facts
        );
    }
    who.push_str("</select></label>");
    PAGE.replace("{{now}}", &safe(&seen.now.to_string()))
        .replace("{{who}}", &who)
        .replace("{{residents}}", &rows)
        .replace("{{observations}}", &safe(&seen.laboratory.observations))
        .replace("{{token}}", &safe(&seen.laboratory.token))
        .replace("{{client}}", &safe(&seen.laboratory.client_id))
        .replace("{{secret}}", &safe(&seen.laboratory.client_secret))
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
        safe(&it.start.to_string()),
        safe(&it.neutral.ru)
    );
    if it.status.is_offer() || it.status == AppointmentStatus::Booked {
        for (verb, name) in [
            ("fulfil-visit", "состоялся · took place"),
            ("cancel-visit", "отменить · cancel"),
        ] {
            let _ = write!(
                row,
                " <form method=\"post\" action=\"/operator/do/{verb}\"><input type=\"hidden\" name=\"appointment\" value=\"{}\"><button>{name}</button></form>",
                safe(it.id.as_str())
            );
        }
    }
    row.push_str("<br>");
    row
}

fn safe(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
