//! vekha-host
