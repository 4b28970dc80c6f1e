//! Many callers and one node.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::alone;
use crate::client::{Answer, Call};
use crate::conductor::{Conductor, uuid};
use crate::probe::Probe;

/// How long a call waits for a node.
const WAIT: Duration = Duration::from_secs(3);
const SLEEP: Duration = Duration::from_millis(100);

#[test]
fn all_short_calls_on_one_node_succeed() {
    alone(async {
        let conductor = Conductor::start(1);
        let call = Call::sleep("sleep_sync", 0, Duration::ZERO);
        let answers = conductor.all(200, vec![call; 200]).await;
        println!("200 calls of 0 ms on one node: {answers}");
        assert_eq!(answers.statuses(), BTreeMap::from([(200, 200)]));
        conductor.stop();
    });
}

#[test]
fn calls_that_do_not_fit_into_the_wait_for_a_node_are_refused_at_its_end() {
    for callers in [60, 200] {
        alone(too_many(callers));
    }
}

async fn too_many(callers: usize) {
    let conductor = Conductor::start(1);
    let probe = Probe::start(&conductor);
    let call = Call::sleep("sleep_sync", 0, SLEEP);
    let begun = Instant::now();
    let answers = conductor.all(callers, vec![call.clone(); callers]).await;
    let elapsed = begun.elapsed();
    let probe = probe.end();
    println!("{callers} calls of 100 ms on one node: {answers}; {probe}");

    let statuses: Vec<_> = answers.statuses().into_keys().collect();
    assert_eq!(statuses, [200, 409], "{answers}");
    let succeeded = answers.times(200).len();
    assert!(succeeded >= 25, "{answers}");
    let one_after_another = SLEEP * u32::try_from(succeeded).unwrap();
    assert!(one_after_another <= elapsed, "{answers} in {elapsed:?}");
    for answer in answers.of(409) {
        refused_at_the_end_of_the_wait(answer);
    }

    assert!(conductor.reservation(0).await.is_null());
    let next = conductor.all(1, [call]).await;
    assert_eq!(next.statuses(), BTreeMap::from([(200, 1)]), "{next}");
    conductor.stop();
}

#[track_caller]
fn refused_at_the_end_of_the_wait(answer: &Answer) {
    let Answer { reply, took, .. } = answer;
    assert!((WAIT..WAIT * 3 / 2).contains(took), "{took:?}");
    assert_eq!(reply.header("retry-after"), "1");
    let error = reply.error();
    let says = error["faultstring"].as_str().unwrap();
    let locked = format!(
        "node {} is locked by conductor conductor for vendor method `sleep_sync` (req-",
        uuid(0)
    );
    assert!(says.starts_with(&locked), "{says}");
}
