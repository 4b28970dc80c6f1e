//! Calls of all kinds on many nodes.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::alone;
use crate::client::{AT_ONCE, Call};
use crate::conductor::Conductor;
use crate::probe::Probe;

pub(crate) const NODES: usize = 500;

/// Four calls on each node, one of each kind; neighbours differ.
pub(crate) fn of_all_kinds() -> impl Iterator<Item = Call> {
    let ms = Duration::from_millis;
    (0..4 * NODES).map(move |n| {
        let (node, round) = (n % NODES, n / NODES);
        match (node + round) % 4 {
            0 => Call::sleep("sleep_sync", node, Duration::ZERO),
            1 => Call::sleep("sleep_sync", node, ms(20)),
            2 => Call::sleep("sleep_shared", node, ms(20)),
            _ => Call::echo(node),
        }
    })
}

#[test]
fn all_calls_on_many_nodes_succeed() {
    alone(async {
        let conductor = Conductor::start(NODES);
        let answers = conductor.all(200, of_all_kinds()).await;
        println!("2,000 calls on 500 nodes, 200 at once: {answers}");
        assert_eq!(answers.statuses(), BTreeMap::from([(200, 2000)]));

        let probe = Probe::start(&conductor);
        let answers = conductor.all(AT_ONCE, of_all_kinds()).await;
        let probe = probe.end();
        println!("2,000 calls on 500 nodes, {AT_ONCE} at once: {answers}; {probe}");
        assert_eq!(answers.statuses(), BTreeMap::from([(200, 2000)]));
        conductor.all_free().await;
        conductor.stop();
    });
}
