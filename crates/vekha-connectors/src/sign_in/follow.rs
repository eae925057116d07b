//! Walking through a demo city's sign-in page the way a browser would, for the first start and for tests.

use super::SignInError;
use crate::http::{address, body, unreachable};
use url::Url;
use vekha_protocol::CityError;

/// Opens the page, presses the button of `resident` and follows the redirect to the loopback listener.
///
/// # Errors
/// The page cannot be reached, or has no form with that button.
pub async fn follow_quietly(
    http: &reqwest::Client,
    authorize_url: &Url,
    resident: &str,
) -> Result<(), SignInError> {
    let answer = http
        .get(authorize_url.clone())
        .send()
        .await
        .map_err(unreachable)?;
    let cookie = answer
        .headers()
        .get("set-cookie")
        .and_then(|it| it.to_str().ok())
        .map(str::to_owned);
    let page_url = answer.url().clone();
    let page = String::from_utf8_lossy(&body(answer).await?).into_owned();
    let form = Form::with_button(&page, resident).ok_or_else(|| {
        CityError::Malformed(format!("the sign-in page has no button for {resident}"))
    })?;
    let target = page_url
        .join(&form.action)
        .map_err(|error| CityError::Malformed(error.to_string()))?;
    let mut request = http.post(address(target.as_str())?).form(&form.fields);
    if let Some(cookie) = cookie.as_deref().and_then(|it| it.split(';').next()) {
        request = request.header("cookie", cookie);
    }
    let answer = request.send().await.map_err(unreachable)?;
    if let Some(next) = answer
        .headers()
        .get("location")
        .and_then(|it| it.to_str().ok())
    {
        let next = target
            .join(next)
            .map_err(|error| CityError::Malformed(error.to_string()))?;
        http.get(next).send().await.map_err(unreachable)?;
    }
    Ok(())
}

struct Form {
    action: String,
    fields: Vec<(String, String)>,
}

impl Form {
    /// The first form on the page with `<button name="resident" value="…">`, its hidden fields included.
    fn with_button(page: &str, resident: &str) -> Option<Self> {
        page.split("<form").skip(1).find_map(|rest| {
            let form = rest.split("</form>").next()?;
            let pressed = tags(form, "<button").any(|tag| {
                attribute(tag, "name") == Some("resident".into())
                    && attribute(tag, "value").as_deref() == Some(resident)
            });
            pressed.then(|| {
                let mut fields: Vec<_> = tags(form, "<input")
                    .filter_map(|tag| {
                        Some((
                            attribute(tag, "name")?,
                            attribute(tag, "value").unwrap_or_default(),
                        ))
                    })
                    .filter(|(name, _)| name != "resident")
                    .collect();
                fields.push(("resident".into(), resident.into()));
                Self {
                    action: attribute(form.split('>').next().unwrap_or_default(), "action")
                        .unwrap_or_default(),
                    fields,
                }
            })
        })
    }
}

fn tags<'a>(html: &'a str, opening: &'a str) -> impl Iterator<Item = &'a str> {
    html.split(opening)
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = tag[start..].split('"').next()?;
    Some(
        value
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_with_the_residents_button_is_sent_with_its_hidden_fields() {
        let page = r#"<form method="post" action="/authorize?a=1&amp;b=2"><input type="hidden" name="interaction" value="x&amp;y">
            <button name="resident" value="anna">Анна</button><button name="resident" value="maria">Мария</button></form>"#;
        let form = Form::with_button(page, "maria").unwrap();
        assert_eq!(form.action, "/authorize?a=1&b=2");
        assert_eq!(
            form.fields,
            [
                ("interaction".into(), "x&y".into()),
                ("resident".into(), "maria".into())
            ]
        );
        assert!(Form::with_button(page, "nobody").is_none());
    }
}
