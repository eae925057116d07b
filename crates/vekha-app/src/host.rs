use crate::CommandError;
use jiff::Timestamp;
use std::{path::PathBuf, sync::Arc};
use vekha_protocol::Network;

/// What differs by platform: the window and `vekha-host` each bring their own.
pub trait Host: Send + Sync + 'static {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    /// The way to cities.
    fn network(&self) -> Arc<dyn Network>;

    /// The address of the built-in city, where there is one.
    fn demo_city(&self) -> Option<String>;

    /// Opens the system's browser. A host without one may do nothing: the address is in `Session.sign_in_url`.
    fn open_url(&self, url: &str) -> Result<(), CommandError>;

    /// Comes back before the browser that the resident was sent to. A host without a window does nothing.
    fn come_forward(&self) {}

    /// A secret by name, from the keyring. [`CommandError::locked`] where a passphrase is needed first.
    fn secret(&self, name: &str) -> Result<Option<String>, CommandError>;
    fn set_secret(&self, name: &str, value: &str) -> Result<(), CommandError>;
    fn delete_secret(&self, name: &str) -> Result<(), CommandError>;

    /// Opens the secrets with a passphrase, where there is no keyring.
    fn unlock(&self, passphrase: &str) -> Result<(), CommandError>;

    fn notify(&self, notification: Notification);

    /// Takes back what is no longer so.
    fn retract(&self, tag: &str);

    /// Where exported files go.
    fn downloads(&self) -> PathBuf;
}

/// What the desktop shows; the words are already neutral and in the resident's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// One thing has one notification; a newer one replaces it.
    pub tag: String,
    /// What Vekha is called.
    pub app: String,
    pub title: String,
    pub body: String,
    /// The label of pressing the body.
    pub open: String,
    /// Identifier and label. The identifiers: `accept`, `change`; pressing the body is `open`.
    pub actions: Vec<(String, String)>,
    /// The screen that pressing the body opens, such as `#/card/<id>`.
    pub hash: String,
}
