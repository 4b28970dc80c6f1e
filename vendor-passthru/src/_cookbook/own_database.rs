//! # A conductor with its own database
//!
#![cfg_attr(feature = "testing", doc = include_str!("own_database.md"))]
#![cfg_attr(not(feature = "testing"), doc = "Shown with the feature `testing` of this crate.")]
