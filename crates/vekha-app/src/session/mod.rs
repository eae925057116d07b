pub mod clock;
mod open;
mod read;
mod scan;
mod services;
mod sign_in;
mod steer;

pub use open::{open, open_after_sign_in, open_at_start};
pub use read::{as_of, city_card, read};
pub use scan::scan;
pub use services::Services;
pub use sign_in::{connect, end, sign_in, sign_out};
pub use steer::{erase, set_network, sync, unlock};

use crate::{App, CommandError, kept::Kept};

/// Changes what is kept outside the store, and writes it.
pub fn keep(app: &App, change: impl FnOnce(&mut Kept)) -> Result<(), CommandError> {
    let mut live = app.live();
    change(&mut live.kept);
    live.kept.write(&app.data).map_err(CommandError::of_disk)
}
