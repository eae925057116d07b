//! The catalogue for others to read.
pub mod cpsv;
pub mod html;

use std::collections::BTreeMap;

/// Texts by the paths at which they are to lie.
pub type Pages = BTreeMap<String, String>;
