//! vekha-city
pub mod sign_in;
