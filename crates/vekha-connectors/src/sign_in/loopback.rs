//! The loopback redirect: listens on 127.0.0.1, answers one request, closes.

use super::SignInError;
use std::time::Duration;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    time::timeout,
};
use url::Url;

const PAGE: &str = include_str!("come-back.html");
const LONGEST_REQUEST: u64 = 16 * 1024;

pub(super) struct Loopback {
    listener: TcpListener,
    pub redirect: Url,
}

impl Loopback {
    pub async fn listen() -> Result<Self, SignInError> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let redirect = Url::parse(&format!("http://127.0.0.1:{port}/callback"))
            .map_err(|_| SignInError::NotOurs("redirect"))?;
        Ok(Self { listener, redirect })
    }

    /// Waits for the browser to come back. Whatever else knocks (a favicon, a port scan) is turned away.
    pub async fn wait(self, at_most: Duration) -> Result<Url, SignInError> {
        timeout(at_most, async {
            loop {
                let (mut stream, _) = self.listener.accept().await?;
                let request = timeout(Duration::from_secs(5), read_target(&mut stream)).await;
                let target = request.ok().and_then(Result::ok).flatten();
                let came_back = target
                    .and_then(|target| self.redirect.join(&target).ok())
                    .filter(|url| {
                        url.path() == self.redirect.path() && url.origin() == self.redirect.origin()
                    });
                match came_back {
                    Some(url) => {
                        answer(&mut stream, "200 OK", PAGE).await;
                        return Ok(url);
                    }
                    None => answer(&mut stream, "404 Not Found", "").await,
                }
            }
        })
        .await
        .map_err(|_| SignInError::TimedOut)?
    }
}

async fn read_target(stream: &mut TcpStream) -> std::io::Result<Option<String>> {
    let mut lines = BufReader::new(stream.take(LONGEST_REQUEST)).lines();
    let first = lines.next_line().await?.unwrap_or_default();
    while lines
        .next_line()
        .await?
        .is_some_and(|line| !line.is_empty())
    {}
    let mut words = first.split(' ');
    Ok((words.next() == Some("GET"))
        .then(|| words.next().map(str::to_owned))
        .flatten())
}

/// The browser may be gone already; that is no reason to lose the sign-in.
async fn answer(stream: &mut TcpStream, status: &str, page: &str) {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nConnection: close\r\n\r\n",
        page.len()
    );
    for part in [head.as_bytes(), page.as_bytes()] {
        if stream.write_all(part).await.is_err() {
            return;
        }
    }
    if let Err(error) = stream.shutdown().await {
        tracing::debug!(%error, "the browser closed first");
    }
}
