//! # An instance with a configuration
//!
#![doc = include_str!("configured_instance.md")]
