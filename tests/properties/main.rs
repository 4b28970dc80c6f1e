//! Random calls, faults and cancellations on a whole conductor, held against what is promised:
//! a node has one holder, a call is answered in its time, no failure is silent, nothing is left.
//!
//! `PROPTEST_CASES=10000 cargo test -p vendor-passthru-tests --test properties` tries more cases,
//! and `PROPTEST_RNG_SEED=1` others: left alone, the test does the same each time.
//! Left out are plain functions as methods: their threads go by real time, not by that of a case.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail so")]

mod audit;
mod case;
mod kept;
mod model;
mod play;
mod quiet;
mod store;
mod vendor;
mod world;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::future::poll_fn;
use std::panic;
use std::pin::pin;
use std::sync::Once;
use std::task::Poll;
use std::time::Duration;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, FileFailurePersistence, RngSeed, TestCaseError, TestRunner};

use crate::case::case;
use crate::play::play;

const LOCK_WAIT: Duration = Duration::from_secs(3);
const CALL_TIMEOUT: Duration = Duration::from_secs(4);
/// The call timeout that a caller may ask for.
const HASTY: Duration = Duration::from_secs(1);
/// How long a slow validation takes.
const SLOW: Duration = Duration::from_secs(5);
const GRACE: Duration = Duration::from_secs(2);
/// How many workers the driver `beta` may take.
const SHARE: usize = 1;

const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/properties/proptest-regressions");

#[test]
fn what_is_promised_holds_whatever_happens() {
    let kept = FileFailurePersistence::Direct(KEPT);
    let mut config = Config { failure_persistence: Some(Box::new(kept)), ..Config::default() };
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(0);
    }
    let played = TestRunner::new(config)
        .run(&case(), |case| play(&case).map(drop).map_err(TestCaseError::fail));
    if let Err(failed) = played {
        panic!("{failed:#?}");
    }
}

/// What cases show by and by, none of it seldom.
const RULES: &[&str] = &[
    "200",
    "202",
    "400",
    "400 of validation",
    "404",
    "404 or 500 of a save",
    "409",
    "409 of an upgrade",
    "418 of the method",
    "500 of a lost reservation",
    "500 of a panic",
    "500 of a store under a method",
    "500 of shutdown",
    "500 of the store",
    "503 after shutdown",
    "503 of shutdown",
    "503 of the pool",
    "504",
    "504 of the run limit",
    "a call that ended while the conductor shut down",
    "a call that shutting down interrupted",
    "a call was looked up again",
    "a caller left",
    "a caller left before its call ran",
    "a full pool",
    "a record of another's end",
    "a reservation was broken under its method",
    "a save",
    "an orphan was met",
    "an upgrade",
];

#[test]
fn the_cases_try_every_rule() {
    let mut runner = TestRunner::deterministic();
    let mut untried: BTreeSet<_> = RULES.iter().copied().collect();
    // The same cases each time, about five times as many as it takes.
    for _ in 0..1000 {
        let case = case().new_tree(&mut runner).unwrap().current();
        for rule in play(&case).unwrap() {
            untried.remove(rule);
        }
        if untried.is_empty() {
            return;
        }
    }
    panic!("never tried: {untried:?}");
}

/// Panics with this are what vendor methods are to do; nothing is printed of them.
struct Planned;

thread_local! {
    static STRANGE: Cell<usize> = const { Cell::new(0) };
}

impl Planned {
    #[expect(clippy::panic, reason = "that is what it is for")]
    fn panic() -> ! {
        panic::panic_any(Self)
    }

    /// How often this thread has panicked otherwise.
    fn strange_panics() -> usize {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let print = panic::take_hook();
            panic::set_hook(Box::new(move |panicked| {
                if !panicked.payload().is::<Self>() {
                    STRANGE.set(STRANGE.get() + 1);
                    print(panicked);
                }
            }));
        });
        STRANGE.get()
    }
}

/// The value of whichever future ends first.
async fn race<T>(a: impl Future<Output = T>, b: impl Future<Output = T>) -> T {
    let (mut a, mut b) = (pin!(a), pin!(b));
    poll_fn(|cx| match a.as_mut().poll(cx) {
        Poll::Pending => b.as_mut().poll(cx),
        ended @ Poll::Ready(_) => ended,
    })
    .await
}
