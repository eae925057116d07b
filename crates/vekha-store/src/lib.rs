//! vekha-store
