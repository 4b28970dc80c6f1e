//! The rules of the worker pool, over the interleavings of its steps; see the models of locks.

use std::panic::resume_unwind;

use shuttle::future::spawn;

use super::*;
use crate::run::caught;
use crate::sync::atomic::{AtomicUsize, Ordering};
use crate::sync::checked::{explore, perhaps};

/// How much runs, as those know who run it.
#[derive(Default)]
struct Running {
    slow: AtomicUsize,
    vendor: AtomicUsize,
    all: AtomicUsize,
}

/// One more of each of these, for a while; never more than the limit.
fn run(counts: &[(&AtomicUsize, usize)]) {
    for (count, limit) in counts {
        assert!(count.fetch_add(1, Ordering::SeqCst) < *limit, "more than {limit} run");
    }
    for (count, _) in counts {
        count.fetch_sub(1, Ordering::SeqCst);
    }
}

fn ends(worker: Worker) {
    caught(|| {
        let _worker = worker;
        if perhaps() {
            resume_unwind(Box::new("a method panics"));
        }
    });
}

#[test]
fn workers_are_never_more_than_there_are_and_all_come_back() {
    explore(|| async {
        let shares = BTreeMap::from([("slow".to_owned(), 1)]);
        let workers = Arc::new(Workers::new(3, 1, shares));
        let running = Arc::new(Running::default());
        let tasks = ["slow", "slow", "other", "other", "reserved"].map(|driver| {
            let (workers, running) = (Arc::clone(&workers), Arc::clone(&running));
            spawn(async move {
                let Running { slow, vendor, all } = &*running;
                let taken = match driver {
                    "reserved" => workers.take_reserved(),
                    driver => workers.take(driver),
                };
                let Ok(worker) = taken else { return };
                match driver {
                    "slow" => run(&[(slow, 1), (vendor, 2), (all, 3)]),
                    "other" => run(&[(vendor, 2), (all, 3)]),
                    _ => run(&[(all, 3)]),
                }
                assert!((1..=3).contains(&workers.figures().running));
                ends(worker);
            })
        });
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(workers.figures().running, 0);
        let again = [workers.take("slow"), workers.take("other"), workers.take_reserved()];
        assert!(again.iter().all(Result::is_ok), "{again:?}");
        assert!(workers.take("other").is_err() && workers.take_reserved().is_err());
    });
}
