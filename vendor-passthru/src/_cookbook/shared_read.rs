//! # A read beside a writer
//!
#![cfg_attr(feature = "testing", doc = include_str!("shared_read.md"))]
#![cfg_attr(not(feature = "testing"), doc = "Shown with the feature `testing` of this crate.")]
