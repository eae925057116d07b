//! vekha-sync
