//! How long it takes that a node changes hands while 64 callers want it, against a bare mutex.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::runtime::{Builder, Runtime};

use crate::hot_node::{Between, CALLERS, Stamps, bare, dispatched};
use crate::{Failure, median};

const ROUNDS: usize = 11;
const CALLS_OF_EACH: usize = 50;

/// When the node was let go, and how long it took each time until the next caller had it.
struct Taken {
    let_go: Option<Instant>,
    nanoseconds: Vec<f64>,
}

static TAKEN: Mutex<Taken> = Mutex::new(Taken { let_go: None, nanoseconds: Vec::new() });

const STAMPS: Stamps = Stamps {
    let_go: || taken().let_go = Some(Instant::now()),
    has_it: || {
        let now = Instant::now();
        let mut taken = taken();
        if let Some(let_go) = taken.let_go.take() {
            taken.nanoseconds.push((now - let_go).as_nanos() as f64);
        }
    },
    ..Stamps::NONE
};

fn taken() -> MutexGuard<'static, Taken> {
    TAKEN.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn print() -> Result<(), Failure> {
    println!("\nA node that {CALLERS} callers want, in nanoseconds, and to a bare mutex:\n");
    println!("{:<50}{:>14}{:>18}{:>18}", "hand-overs (median)", "mutex", "lock", "method");
    print_on("one thread", &Builder::new_current_thread().enable_time().build()?)?;
    let two = Builder::new_multi_thread().worker_threads(2).enable_time().build()?;
    print_on("two threads", &two)
}

fn print_on(threads: &str, runtime: &Runtime) -> Result<(), Failure> {
    let (mut mutex, mut lock, mut method) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        mutex.push(median_of(runtime, async {
            bare(CALLS_OF_EACH, STAMPS).await;
            Ok(())
        })?);
        lock.push(median_of(runtime, dispatched(CALLS_OF_EACH, STAMPS, Between::Reservations))?);
        method.push(median_of(runtime, dispatched(CALLS_OF_EACH, STAMPS, Between::Methods))?);
    }
    let [mutex, lock, method] = [mutex, lock, method].map(median);
    let beside = |of: f64| format!("{of:.0} ({:.1})", of / mutex);
    println!("{threads:<50}{mutex:>14.0}{:>18}{:>18}", beside(lock), beside(method));
    Ok(())
}

/// The median of one round's hand-overs.
fn median_of(
    runtime: &Runtime,
    callers: impl Future<Output = Result<(), Failure>>,
) -> Result<f64, Failure> {
    runtime.block_on(callers)?;
    let mut taken = taken();
    taken.let_go = None;
    Ok(median(std::mem::take(&mut taken.nanoseconds)))
}
