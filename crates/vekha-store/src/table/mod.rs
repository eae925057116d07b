mod notified;
mod outbox;
mod record;
mod sent;
mod value;

pub use notified::Notified;
pub use outbox::{Outbox, Queued, Waiting};
pub use record::Records;
pub use sent::{Sent, SentActions};
pub use value::Values;
