//! For tests: a real city on this machine and devices that talk to it, with nothing faked between them but the clock,
//! the keyring and the notification daemon.

mod city;
mod device;
mod host;

pub use city::{City, with_city};
pub use device::Device;
pub use host::TestHost;
