//! vekha-connectors
