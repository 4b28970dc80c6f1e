//! Fifty nodes on five BMCs, called at once.

use std::net::TcpStream;

use serde_json::{Value, json};

use crate::conductor::{Conductor, Node};
use crate::ipmi::{over_both, start};
use crate::ipmi_sim::{Command, IpmiSim};
use crate::redfish::{insert, is_inserted};
use crate::support::client::{NEWEST, Reply};
use crate::sushy::SushyEmulator;

const NODES: usize = 50;
const BMCS: usize = 5;

/// Ten nodes for each of five BMCs; neighbours have others.
fn nodes(driver: &'static str, driver_info: impl Fn(usize) -> Value) -> Vec<Node> {
    (0..NODES).map(|node| Node::new(driver, driver_info(node % BMCS))).collect()
}

/// Calls all nodes before any answer is read.
fn call_all(
    conductor: &Conductor,
    nodes: &[Node],
    verb: &str,
    method: &str,
    arguments: &Value,
) -> Vec<Reply> {
    let body = arguments.to_string();
    let begin = |node: &Node| conductor.begin(verb, &node.path(method), &[NEWEST], &body);
    let calls: Vec<TcpStream> = nodes.iter().map(begin).collect();
    calls.into_iter().map(Reply::read).collect()
}

#[test]
fn all_commands_to_ipmi_bmcs_arrive() {
    over_both(|transport| {
        let sim = IpmiSim::start(BMCS);
        let nodes = nodes("ipmi", |bmc| sim.bmcs[bmc].driver_info());
        let conductor = start(transport, &[], &nodes.iter().collect::<Vec<_>>());
        let command = Command::name_user_3("somebody");
        let replies = call_all(&conductor, &nodes, "POST", "send_raw", &command.arguments());
        for (node, reply) in nodes.iter().zip(&replies) {
            assert_eq!(reply.status, 202, "{reply:?}");
            conductor.succeeded(node, reply);
        }
        let received = sim.received();
        assert_eq!(received.iter().filter(|received| **received == command).count(), NODES);
    });
}

#[test]
fn each_answer_is_that_of_the_nodes_own_ipmi_bmc() {
    over_both(|transport| {
        let sim = IpmiSim::start(BMCS);
        let nodes = nodes("ipmi", |bmc| sim.bmcs[bmc].driver_info());
        let conductor = start(transport, &[], &nodes.iter().collect::<Vec<_>>());
        let replies = call_all(&conductor, &nodes, "GET", "device_id", &Value::Null);
        for (place, (node, reply)) in nodes.iter().zip(&replies).enumerate() {
            conductor.succeeded(node, reply);
            let firmware = format!("9.{:02}", place % BMCS);
            assert_eq!(reply.json()["firmware_version"], firmware, "{reply:?}");
        }
    });
}

#[test]
fn all_redfish_bmcs_do_what_they_are_asked() {
    let emulator = SushyEmulator::start(BMCS);
    for bmc in 0..BMCS {
        insert(&emulator, bmc, "Cd");
    }
    let nodes = nodes("redfish", |bmc| emulator.driver_info(bmc));
    let conductor = Conductor::start(&nodes.iter().collect::<Vec<_>>());
    let replies = call_all(&conductor, &nodes, "POST", "eject_vmedia", &json!({}));
    for (node, reply) in nodes.iter().zip(&replies) {
        assert_eq!(reply.status, 202, "{reply:?}");
        conductor.succeeded(node, reply);
    }
    assert!((0..BMCS).all(|bmc| !is_inserted(&emulator, bmc, "Cd")));
}
