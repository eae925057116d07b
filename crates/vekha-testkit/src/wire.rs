use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::Value;
use std::{
    io,
    net::Ipv4Addr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::{net::TcpListener, task::JoinHandle};

const LARGEST: usize = 64 * 1024 * 1024;

/// Stands between a device and its city, carries everything over unchanged, and breaks what a test tells it to break.
///
/// Sign-in goes to the city itself: it is named in the manifest, as a provider elsewhere would be.
pub struct Wire {
    pub url: String,
    line: Arc<Line>,
    task: JoinHandle<()>,
}

/// What happens to requests whose path begins with something.
#[derive(Clone)]
pub enum Fault {
    /// This instead of the city's answer: status, type, content.
    Answer(u16, &'static str, Vec<u8>),
    /// The city's own answer, with something else in it.
    Edit(Arc<dyn Fn(&mut Value) + Send + Sync>),
    /// The city's own answer, with this header.
    Header(&'static str, String),
    /// The city does what it was asked, and its answer breaks off on the way back.
    CutBack,
    /// The city never hears of it.
    CutThere,
}

struct Line {
    city: String,
    own: String,
    http: reqwest::Client,
    faults: Mutex<Vec<(String, Fault)>>,
    asked: Mutex<Vec<String>>,
}

fn hold<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Wire {
    /// # Panics
    /// No free port.
    pub async fn before(city: &str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let line = Arc::new(Line {
            city: city.to_owned(),
            own: url.clone(),
            http: reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .expect("an HTTP client"),
            faults: Mutex::default(),
            asked: Mutex::default(),
        });
        let app = Router::new().fallback(carry).with_state(Arc::clone(&line));
        let task = tokio::spawn(async move {
            // Ends with the test.
            let _ = axum::serve(listener, app).await;
        });
        Self { url, line, task }
    }

    /// The newest fault on a path counts.
    pub fn fault(&self, path: &str, fault: Fault) {
        hold(&self.line.faults).push((path.to_owned(), fault));
    }

    pub fn edit(&self, path: &str, edit: impl Fn(&mut Value) + Send + Sync + 'static) {
        self.fault(path, Fault::Edit(Arc::new(edit)));
    }

    pub fn heal(&self) {
        hold(&self.line.faults).clear();
    }

    /// How often something was asked whose method and path begin like this: `POST /city/v1/offers`.
    pub fn asked(&self, beginning: &str) -> usize {
        let asked = hold(&self.line.asked);
        asked.iter().filter(|it| it.starts_with(beginning)).count()
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn carry(State(line): State<Arc<Line>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    hold(&line.asked).push(format!("{} {path}", request.method()));
    let fault = hold(&line.faults)
        .iter()
        .rev()
        .find(|(beginning, _)| path.starts_with(beginning))
        .map(|(_, fault)| fault.clone());
    match fault {
        Some(Fault::Answer(status, kind, content)) => answer(status, kind, content),
        Some(Fault::CutThere) => cut(),
        Some(Fault::CutBack) => {
            let _ = over(&line, request, &path, None).await;
            cut()
        }
        Some(Fault::Edit(edit)) => over(&line, request, &path, Some(edit.as_ref())).await,
        Some(Fault::Header(name, value)) => {
            let mut there = over(&line, request, &path, None).await;
            if let Ok(value) = HeaderValue::from_str(&value) {
                there
                    .headers_mut()
                    .insert(HeaderName::from_static(name), value);
            }
            there
        }
        None => over(&line, request, &path, None).await,
    }
}

type Edit<'a> = Option<&'a (dyn Fn(&mut Value) + Send + Sync)>;

async fn over(line: &Line, request: Request, path: &str, edit: Edit<'_>) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return cut();
    };
    let target = parts.uri.path_and_query().map_or(path, |it| it.as_str());
    let mut there = line
        .http
        .request(parts.method, format!("{}{target}", line.city));
    for (name, value) in &parts.headers {
        // The connection is another one.
        if ![
            header::HOST,
            header::CONTENT_LENGTH,
            header::ACCEPT_ENCODING,
        ]
        .contains(name)
        {
            there = there.header(name, value);
        }
    }
    let Ok(back) = there.body(body).send().await else {
        return cut();
    };
    let mut response = Response::builder().status(back.status());
    for (name, value) in back.headers() {
        let hop = [
            header::CONTENT_LENGTH,
            header::TRANSFER_ENCODING,
            header::CONNECTION,
        ];
        if !hop.contains(name) {
            response = response.header(name, value);
        }
    }
    let kind = back
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|it| it.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let body = if kind.starts_with("text/event-stream") {
        Body::from_stream(back.bytes_stream())
    } else {
        let Ok(bytes) = back.bytes().await else {
            return cut();
        };
        Body::from(rewritten(line, path, &kind, bytes.to_vec(), edit))
    };
    response.body(body).unwrap_or_else(|_| cut())
}

/// The addresses of the city become this line's own, but for its sign-in.
fn rewritten(line: &Line, path: &str, kind: &str, bytes: Vec<u8>, edit: Edit<'_>) -> Vec<u8> {
    if !kind.contains("json") {
        return bytes;
    }
    let text = String::from_utf8_lossy(&bytes).replace(&line.city, &line.own);
    let Ok(mut json) = serde_json::from_str::<Value>(&text) else {
        return bytes;
    };
    if path == "/.well-known/vekha" {
        json["sign_in"]["issuer"] = line.city.clone().into();
    }
    if let Some(edit) = edit {
        edit(&mut json);
    }
    serde_json::to_vec(&json).unwrap_or(bytes)
}

fn answer(status: u16, kind: &'static str, content: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(content));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let kind = HeaderValue::from_static(kind);
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// An answer that begins and never ends.
fn cut() -> Response {
    let begun: [Result<&'static [u8], io::Error>; 2] = [
        Ok(b"{"),
        Err(io::Error::from(io::ErrorKind::ConnectionReset)),
    ];
    let mut response = Response::new(Body::from_stream(futures::stream::iter(begun)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("4096"));
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    response
}
