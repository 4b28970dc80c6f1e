//! # Helper functions under a lock
//!
#![cfg_attr(feature = "testing", doc = include_str!("helpers_under_a_lock.md"))]
#![cfg_attr(not(feature = "testing"), doc = "Shown with the feature `testing` of this crate.")]
