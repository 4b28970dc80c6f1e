//! # Progress of long work
//!
#![cfg_attr(feature = "testing", doc = include_str!("progress.md"))]
#![cfg_attr(not(feature = "testing"), doc = "Shown with the feature `testing` of this crate.")]
