//! # From Ironic's Python
//!
#![doc = include_str!("_porting.md")]
