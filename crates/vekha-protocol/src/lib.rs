//! vekha-protocol
