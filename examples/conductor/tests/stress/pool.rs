//! The pool of workers: 300 by default, 5 % of them not for vendor methods.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::alone;
use crate::client::{AT_ONCE, Answers, Call, percentile};
use crate::conductor::Conductor;
use crate::probe::Probe;

const WORKERS: usize = 285;

/// Asynchronous calls, one on each of these nodes.
async fn background(
    conductor: &Conductor,
    nodes: impl IntoIterator<Item = usize>,
    seconds: u64,
) -> Answers {
    let call = |node| Call::sleep("sleep_async", node, Duration::from_secs(seconds));
    conductor.all(AT_ONCE, nodes.into_iter().map(call)).await
}

#[test]
fn a_full_pool_refuses_at_once_and_locks_nothing() {
    alone(async {
        let conductor = Conductor::start(400);
        let probe = Probe::start(&conductor);
        let answers = background(&conductor, 0..400, 60).await;
        let refused: Vec<_> = answers.of(503).map(|answer| answer.call.clone()).collect();
        // One after another, so that none waits for anything but its own answer.
        let again = conductor.all(1, refused).await;
        let probe = probe.end();
        println!("400 asynchronous calls: {answers}; the refused ones again: {again}; {probe}");

        assert_eq!(answers.statuses(), BTreeMap::from([(202, WORKERS), (503, 400 - WORKERS)]));
        assert_eq!(again.statuses(), BTreeMap::from([(503, 400 - WORKERS)]));
        assert!(percentile(&again.times(503), 50) < Duration::from_millis(20), "{again}");
        for refused in answers.of(503).chain(again.of(503)) {
            assert_eq!(refused.reply.header("retry-after"), "1");
            assert!(conductor.reservation(refused.call.node).await.is_null());
        }
        for accepted in answers.of(202) {
            assert_eq!(conductor.reservation(accepted.call.node).await, "conductor");
        }
    });
}

#[test]
fn a_pool_that_was_full_is_whole_again() {
    alone(async {
        let conductor = Conductor::start(WORKERS);
        let probe = Probe::start(&conductor);
        for round in ["first", "second"] {
            let answers = background(&conductor, 0..WORKERS, 2).await;
            println!("{round} 285 asynchronous calls of 2 s: {answers}");
            assert_eq!(answers.statuses(), BTreeMap::from([(202, WORKERS)]));
            conductor.all_free().await;
        }
        println!("two rounds of 285 asynchronous calls of 2 s: {}", probe.end());
        conductor.stop();
    });
}
