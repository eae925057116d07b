//! vekha-city
