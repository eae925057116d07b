mod notified;
mod outbox;
mod record;
mod value;

pub use notified::Notified;
pub use outbox::{Outbox, Queued, Waiting};
pub use record::Records;
pub use value::Values;
