//! Whatever an author puts beside our attributes compiles, and answers a call.

#![deny(warnings, reason = "that there are none is part of what is tested")]
#![deny(let_underscore, keyword_idents, redundant_lifetimes, rust_2024_compatibility)]
#![deny(single_use_lifetimes, trivial_casts, unused_lifetimes, unused_qualifications)]
#![expect(clippy::unwrap_used, reason = "a test may fail so")]

mod aliases;
mod conditional;
mod documentation;
mod extending;
mod imports;
mod kinds;
mod macro_made;
mod names;
mod nested_modules;
mod other_attributes;
mod other_items;
mod reexported;
mod self_types;
mod two_interfaces;
