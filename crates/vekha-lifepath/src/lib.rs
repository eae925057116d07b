//! vekha-lifepath
