//! # Attach bytes
//!
#![cfg_attr(feature = "testing", doc = include_str!("attach_bytes.md"))]
#![cfg_attr(not(feature = "testing"), doc = "Shown with the feature `testing` of this crate.")]
