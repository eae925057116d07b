//! vekha-catalogue
