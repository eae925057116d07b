//! What the app keeps quiet about, and when. These rules stand here once and outrank every screen:
//!
//! - **Hard news comes from a person.** A result that came from a machine, in a situation that may turn out badly, is named
//!   by nobody but a clinician first: until a visit of that situation has taken place (or a record says that it was told in
//!   person) its steps carry their neutral titles, and neither the name nor the value of the result is shown. A resident who
//!   asked to hear it in the app sees both at once. A number outside its limits that began nothing waits for a doctor's words
//!   as well. See [`hard_news::untold`].
//! - **Silence after a loss.** For five working days nothing but condolence and help reaches the resident. See [`silent`].

mod hard_news;
mod silence;
mod wish;

pub use hard_news::{criteria, hidden, law, name, turns, unspoken, withheld};
pub use silence::{condolence, helps, silent};
pub use wish::{HARD_NEWS, ask_wish, wish};
