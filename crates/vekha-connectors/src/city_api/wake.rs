//! The wake-up: one Server-Sent Events connection that stays open between calls, so that nothing is missed.

use crate::http::unreachable;
use futures::{Stream, StreamExt};
use reqwest::Response;
use std::{future::Future, pin::Pin};
use tokio::sync::Mutex;
use vekha_protocol::CityError;

type Bytes = Pin<Box<dyn Stream<Item = Result<Vec<u8>, reqwest::Error>> + Send>>;

#[derive(Default)]
pub(super) struct Wake {
    open: Mutex<Option<Lines>>,
}

struct Lines {
    bytes: Bytes,
    line: Vec<u8>,
}

impl Wake {
    /// Returns at the next event, or at once after (re)connecting: something may have happened meanwhile.
    pub async fn next<F>(&self, connect: impl FnOnce() -> F) -> Result<(), CityError>
    where
        F: Future<Output = Result<Response, CityError>>,
    {
        let mut open = self.open.lock().await;
        let Some(lines) = open.as_mut() else {
            let answer = connect().await?;
            let bytes = answer
                .bytes_stream()
                .map(|chunk| chunk.map(|bytes| bytes.to_vec()));
            *open = Some(Lines {
                bytes: Box::pin(bytes),
                line: Vec::new(),
            });
            return Ok(());
        };
        let woken = lines.until_event().await;
        if woken.is_err() {
            *open = None;
        }
        woken
    }
}

impl Lines {
    /// Reads up to the next event. Comment lines (the server's heartbeat) pass; the content is never looked at.
    async fn until_event(&mut self) -> Result<(), CityError> {
        loop {
            let chunk = self
                .bytes
                .next()
                .await
                .ok_or(CityError::Offline(None))?
                .map_err(unreachable)?;
            let mut woken = false;
            for byte in chunk {
                if byte == b'\n' {
                    woken |= self.line.starts_with(b"data") || self.line.starts_with(b"event");
                    self.line.clear();
                } else if self.line.len() < 1024 {
                    self.line.push(byte);
                }
            }
            if woken {
                return Ok(());
            }
        }
    }
}
