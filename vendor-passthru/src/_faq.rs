//! # Questions and answers
//!
#![doc = include_str!("_faq.md")]
