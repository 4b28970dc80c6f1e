//! What clients, operators and driver authors can observe, each test named after its rule.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail so")]

mod faults;
mod support;

mod answers;
mod callers;
mod cancelling;
mod composition;
mod limits;
mod listing;
mod locks;
mod metadata;
mod panics;
mod requests;
mod reservations;
mod running;
mod shutting_down;
mod stores;
mod workers;
