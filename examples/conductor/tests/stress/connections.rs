//! Clients that say half of what they want, and clients that do not wait for an answer.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::time::timeout;

use crate::alone;
use crate::client::{AT_ONCE, Call, answered, read, request, sent};
use crate::conductor::{Conductor, many_files_are_allowed};
use crate::many_nodes::{NODES, of_all_kinds};
use crate::probe::Probe;

#[test]
fn calls_are_answered_beside_a_thousand_idle_connections() {
    many_files_are_allowed();
    alone(async {
        let conductor = Conductor::start(NODES);
        let request = request(conductor.address(), "GET", "/", "");
        let mut idle = Vec::new();
        for n in 0..1000 {
            // Some end in the middle of the first line, others in the middle of a header.
            let (begun, rest) = request.split_at(1 + n % (request.len() - 2));
            idle.push((sent(conductor.address(), begun).await.unwrap(), rest));
        }
        // Whoever comes after them is accepted after them.
        answered(conductor.address(), &request).await;

        let probe = Probe::start(&conductor);
        let answers = conductor.all(AT_ONCE, of_all_kinds()).await;
        let probe = probe.end();
        println!("2,000 calls beside 1,000 idle connections: {answers}; {probe}");
        assert_eq!(answers.statuses(), BTreeMap::from([(200, 2000)]));

        for (mut stream, rest) in idle {
            stream.write_all(rest.as_bytes()).await.unwrap();
            assert_eq!(read(stream).await.unwrap().status, 200);
        }
        conductor.stop();
    });
}

#[test]
fn two_hundred_connections_may_wait_to_be_accepted() {
    alone(async {
        let conductor = Conductor::start(1);
        let request = request(conductor.address(), "GET", "/", "");
        conductor.signal("STOP");
        let mut waiting = Vec::new();
        for n in 0..200 {
            // A client that finds no room is let try again after a second.
            let stream = timeout(Duration::from_millis(500), sent(conductor.address(), &request));
            waiting.push(stream.await.unwrap_or_else(|_| panic!("no room after {n}")).unwrap());
        }
        conductor.signal("CONT");
        for stream in waiting {
            assert_eq!(read(stream).await.unwrap().status, 200);
        }
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
        let sync = |node| Call::sleep("sleep_sync", node, Duration::ZERO);
        let answers = conductor.all(AT_ONCE, (0..50).map(sync)).await;
        let asynchronous = |node| Call::sleep("sleep_async", node, Duration::ZERO);
        let accepted = conductor.all(AT_ONCE, (0..50).map(asynchronous)).await;
        conductor.all_free().await;
        let probe = probe.end();

        // Whoever vanishes while waiting for a node gives the call up; whoever had it is run for.
        let ran = conductor.log().matches("call succeeded").count() - 100;
        println!("200 clients that vanished, {ran} calls ran: {answers}, {accepted}; {probe}");
        assert!((1..=200).contains(&ran), "{ran}");
        assert_eq!(answers.statuses(), BTreeMap::from([(200, 50)]));
        assert_eq!(accepted.statuses(), BTreeMap::from([(202, 50)]));
        conductor.stop();
    });
}
