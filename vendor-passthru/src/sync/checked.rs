//! The model checker's stand-ins: every step of theirs is a point where another task may go on.
//!
//! What is not here runs without interruption in a model: `Arc`, and the trackers of tokio-util.
//! Orderings of atomics are all taken for the strongest.

use std::time::Duration;

use shuttle::future::yield_now;
use shuttle::rand::{Rng, thread_rng};
use shuttle::scheduler::{PctScheduler, RandomScheduler};
use shuttle::{Config, Runner};

use super::race;

pub(crate) use shuttle::sync::{Mutex, MutexGuard, RwLock, atomic};
pub(crate) use shuttle_tokio::runtime::Handle;
pub(crate) use shuttle_tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, oneshot};

/// A point in time that may come at any moment, or never.
#[derive(Clone, Copy)]
pub(crate) enum Deadline {
    AnyTime,
    Never,
}

/// The longest time never passes; any other has passed whenever the checker likes.
pub(crate) fn deadline(after: Duration) -> Deadline {
    if after == Duration::MAX { Deadline::Never } else { Deadline::AnyTime }
}

/// The future's value, unless the deadline comes first.
pub(crate) async fn timeout_at<T>(
    deadline: Deadline,
    future: impl Future<Output = T>,
) -> Result<T, ()> {
    race(async { Ok(future.await) }, deadline.passed()).await
}

/// Time passes while others go on.
pub(crate) async fn sleep(_time: Duration) {
    yield_now().await;
}

impl Deadline {
    async fn passed<T>(self) -> Result<T, ()> {
        match self {
            Self::AnyTime => {
                while thread_rng().gen_bool(0.75) {
                    yield_now().await;
                }
            }
            Self::Never => std::future::pending().await,
        }
        Err(())
    }
}

/// How often the others go on before something is given up in a model.
const PATIENCE: usize = 12;

/// The future's value, or `None` if it is dropped before, at whichever of its polls the checker
/// likes.
pub(crate) async fn unless_dropped<T>(future: impl Future<Output = T>) -> Option<T> {
    let polls = thread_rng().gen_range(0..PATIENCE);
    let dropped = async {
        for _ in 0..polls {
            yield_now().await;
        }
        None
    };
    race(async { Some(future.await) }, dropped).await
}

/// Whether the checker likes to.
pub(crate) fn perhaps() -> bool {
    thread_rng().gen_bool(0.5)
}

/// How many schedules of a model are tried in each of the two ways.
const SCHEDULES: usize = 2000;

/// The order in which schedules come; another one is `SHUTTLE_RANDOM_SEED`'s.
const SEED: u64 = 1;

/// How many times a schedule of the second way turns to another task without being made to.
const PREEMPTIONS: usize = 3;

/// Runs a model under many schedules. Half of them pick each next step at random; half run the
/// task of the highest priority and change priorities a few times (PCT), which finds what takes
/// one task to fall far behind.
///
/// A model fails by a panic in any task, by a deadlock, and by not coming to an end.
#[expect(clippy::print_stdout, reason = "how much was tried is part of the result")]
pub(crate) fn explore<M, F>(model: M)
where
    M: Fn() -> F + Copy + Send + Sync + 'static,
    F: Future<Output = ()> + 'static,
{
    let schedules = std::env::var("SCHEDULES").map_or(SCHEDULES, |n| n.parse().unwrap());
    let mut config = Config::new();
    config.stack_size = 1 << 20;
    config.silence_warnings = true;
    let run = move || shuttle::future::block_on(model());
    let random = RandomScheduler::new_from_seed(SEED, schedules);
    let pct = PctScheduler::new_from_seed(SEED, PREEMPTIONS + 1, schedules);
    let tried = Runner::new(random, config.clone()).run(run) + Runner::new(pct, config).run(run);
    let name = std::any::type_name::<M>().trim_end_matches("::{{closure}}");
    println!("{tried} schedules of {name}");
}
