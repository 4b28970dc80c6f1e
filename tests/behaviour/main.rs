//! What clients, operators and driver authors can observe, each test named after its rule.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail so")]

mod support;

mod answers;
mod listing;
mod locks;
mod metadata;
mod requests;
mod running;
