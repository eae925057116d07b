//! vekha-app
