//! # An error of your own, with its status
//!
#![cfg_attr(feature = "testing", doc = include_str!("error_with_status.md"))]
#![cfg_attr(not(feature = "testing"), doc = "Shown with the feature `testing` of this crate.")]
