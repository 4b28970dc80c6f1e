//! Clients that say half of what they want, and clients that do not wait for an answer.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::io::AsyncWriteExt;

use crate::alone;
use crate::client::{Call, read, request, sent};
use crate::conductor::{Conductor, many_files_are_allowed};
use crate::many_nodes::{NODES, of_all_kinds};
use crate::probe::Probe;

#[test]
fn calls_are_answered_beside_a_thousand_idle_connections() {
    many_files_are_allowed();
    alone(async {
        let conductor = Conductor::start(NODES);
        let probe = Probe::start(&conductor);
        let request = request(conductor.address(), "GET", "/", "");
        let mut idle = Vec::new();
        for n in 0..1000 {
            // Some end in the middle of the first line, others in the middle of a header.
            let (begun, rest) = request.split_at(1 + n % (request.len() - 2));
            idle.push((sent(conductor.address(), begun).await.unwrap(), rest));
        }
        let answers = conductor.all(200, of_all_kinds()).await;
        assert_eq!(answers.statuses(), BTreeMap::from([(200, 2000)]));

        for (mut stream, rest) in idle {
            stream.write_all(rest.as_bytes()).await.unwrap();
            assert_eq!(read(stream).await.unwrap().status, 200);
        }
        let probe = probe.end();
        println!("2,000 calls beside 1,000 idle connections: {answers}; {probe}");
        conductor.stop();
    });
}

#[test]
fn clients_that_vanish_leave_no_node_locked() {
    alone(async {
        let conductor = Conductor::start(50);
        let probe = Probe::start(&conductor);
        for n in 0..200 {
            let call = Call::sleep("sleep_sync", n % 50, Duration::from_millis(50));
            let stream = sent(conductor.address(), &call.request(conductor.address())).await;
            let stream = stream.unwrap();
            // On each node two clients close their connection, and two reset it.
            if n < 100 {
                stream.set_zero_linger().unwrap();
            }
        }
        conductor.all_free().await;
        let ran = conductor.log().matches("call succeeded").count();

        let sync = |node| Call::sleep("sleep_sync", node, Duration::ZERO);
        let answers = conductor.all(50, (0..50).map(sync)).await;
        assert_eq!(answers.statuses(), BTreeMap::from([(200, 50)]));
        let asynchronous = |node| Call::sleep("sleep_async", node, Duration::ZERO);
        let accepted = conductor.all(50, (0..50).map(asynchronous)).await;
        assert_eq!(accepted.statuses(), BTreeMap::from([(202, 50)]));
        let probe = probe.end();
        println!("200 clients that vanished, {ran} calls ran: {answers}, {accepted}; {probe}");
        conductor.stop();
    });
}
