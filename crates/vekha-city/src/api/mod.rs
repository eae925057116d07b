//! What every write of the city API has in common: whose it is, and that it happens once.

mod openapi;
mod write;

pub(crate) use openapi::router;
pub(crate) use write::{Begun, Write};

use crate::{Fault, sign_in::Caller};
use vekha_model::ResidentId;

/// The caller speaks for the subject, or is told no.
pub(crate) fn own(caller: &Caller, subject: &ResidentId) -> Result<(), Fault> {
    if caller.may_read(subject) {
        Ok(())
    } else {
        Err(Fault::not_yours())
    }
}
