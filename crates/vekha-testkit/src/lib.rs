//! For tests: a real city on this machine and devices that talk to it, with nothing faked between them but the clock,
//! the keyring and the notification daemon. A wire between them breaks what a test wants broken.

mod city;
mod device;
mod host;
mod impostor;
mod wire;
mod words;

pub use city::{City, with_city};
pub use device::Device;
pub use host::TestHost;
pub use impostor::Impostor;
pub use wire::{Fault, Wire};
pub use words::{assert_plain, is_neutral};
