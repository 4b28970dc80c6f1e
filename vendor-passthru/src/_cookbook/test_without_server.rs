//! # A test without a server
//!
#![cfg_attr(feature = "testing", doc = include_str!("test_without_server.md"))]
#![cfg_attr(not(feature = "testing"), doc = "Shown with the feature `testing` of this crate.")]
