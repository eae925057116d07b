//! The city API over HTTP, and its wake-ups.

mod answer;
mod api;
mod city;
mod pages;
mod wake;

pub use city::HttpCity;
