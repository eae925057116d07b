//! Sign-in in the system's browser: OpenID Connect with PKCE over a loopback redirect (RFC 8252, RFC 7636, RFC 9207),
//! refresh with rotation (RFC 9700), revocation (RFC 7009).

mod begin;
mod client;
mod follow;
mod loopback;
mod session;
mod tokens;

pub use begin::SignIn;
pub use follow::follow_quietly;
pub use session::{Session, revoke};
pub use tokens::{StoredTokens, TokenVault, VaultError};

/// Why signing in did not end in a session.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    #[error(transparent)]
    City(#[from] vekha_protocol::CityError),
    #[error(transparent)]
    Address(#[from] crate::AddressError),
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// No free loopback port, or no permission to listen.
    #[error("this machine does not let the app wait for the browser: {0}")]
    Loopback(#[from] std::io::Error),
    /// The sign-in page said no: the resident went back, or the city refused.
    #[error("sign-in was refused: {0}")]
    Refused(String),
    /// An answer that belongs to another sign-in, or was forged. Nothing of it is used.
    #[error("the answer does not belong to this sign-in: {0}")]
    NotOurs(&'static str),
    /// The identity token does not hold; a clock that is far off is the usual cause.
    #[error("the city's identity token does not hold: {0}")]
    BadToken(String),
    /// The identity token is of another time, and so is the city: this device's clock is off.
    #[error("it is {here} on this device and {there} in the city")]
    ClockOff {
        here: jiff::Timestamp,
        there: jiff::Timestamp,
    },
    /// Nobody came back from the browser.
    #[error("the browser did not come back in time")]
    TimedOut,
}
