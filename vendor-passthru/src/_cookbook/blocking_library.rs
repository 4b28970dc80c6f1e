//! # A library that blocks
//!
#![cfg_attr(feature = "testing", doc = include_str!("blocking_library.md"))]
#![cfg_attr(not(feature = "testing"), doc = "Shown with the feature `testing` of this crate.")]
