//! vekha-testkit
