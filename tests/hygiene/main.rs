//! Whatever an author puts beside our attributes compiles, and answers a call.

#![expect(clippy::unwrap_used, reason = "a test may fail so")]
#![expect(clippy::unnecessary_wraps, clippy::unused_self, reason = "methods without much to do")]

mod aliases;
mod conditional;
mod kinds;
mod macro_made;
mod names;
mod other_attributes;
mod other_items;
mod reexported;
mod two_interfaces;
