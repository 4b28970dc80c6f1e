//! The pool of workers: 300 by default, 5 % of them not for vendor methods.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::alone;
use crate::client::{Answers, Call, percentile};
use crate::conductor::Conductor;
use crate::probe::Probe;

const WORKERS: usize = 285;

/// One asynchronous call on each of so many nodes.
async fn accepted_or_not(conductor: &Conductor, nodes: usize, seconds: u64) -> Answers {
    let call = |node| Call::sleep("sleep_async", node, Duration::from_secs(seconds));
    conductor.all(200, (0..nodes).map(call)).await
}

#[test]
fn a_full_pool_refuses_at_once_and_locks_nothing() {
    alone(async {
        let conductor = Conductor::start(400);
        let probe = Probe::start(&conductor);
        let answers = accepted_or_not(&conductor, 400, 60).await;
        let probe = probe.end();
        println!("400 asynchronous calls on 400 nodes: {answers}; {probe}");

        assert_eq!(answers.statuses(), BTreeMap::from([(202, WORKERS), (503, 400 - WORKERS)]));
        for refused in answers.of(503) {
            assert_eq!(refused.reply.header("retry-after"), "1");
            assert!(conductor.reservation(refused.call.node).await.is_null());
        }
        for accepted in answers.of(202) {
            assert_eq!(conductor.reservation(accepted.call.node).await, "conductor");
        }
        let median = percentile(&answers.times(503), 50);
        assert!(median < Duration::from_millis(20), "{answers}");
    });
}

#[test]
fn a_pool_that_was_full_is_whole_again() {
    alone(async {
        let conductor = Conductor::start(WORKERS);
        let probe = Probe::start(&conductor);
        for round in ["first", "second"] {
            let answers = accepted_or_not(&conductor, WORKERS, 2).await;
            println!("{round} 285 asynchronous calls of 2 s: {answers}");
            assert_eq!(answers.statuses(), BTreeMap::from([(202, WORKERS)]));
            conductor.all_free().await;
        }
        println!("both: {}", probe.end());
        conductor.stop();
    });
}
