//! The city API over HTTP, and its wake-ups.

mod answer;
mod city;
mod wake;

pub use city::HttpCity;
