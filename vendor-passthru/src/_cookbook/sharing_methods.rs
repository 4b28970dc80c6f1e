//! # Methods that interfaces share
//!
#![cfg_attr(feature = "testing", doc = include_str!("sharing_methods.md"))]
#![cfg_attr(not(feature = "testing"), doc = "Shown with the feature `testing` of this crate.")]
