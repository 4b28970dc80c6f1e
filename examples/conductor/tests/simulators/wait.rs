//! Waiting for what nobody announces: asked again and again until it is so.

use std::thread;
use std::time::Instant;

use crate::support::output::LOST;

#[track_caller]
pub(crate) fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < LOST, "never: {what}");
        thread::yield_now();
    }
}
