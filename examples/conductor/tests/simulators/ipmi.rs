//! The methods of the driver `ipmi` on `ipmi_sim`: what they answer, and what the BMC has received.

use std::thread;

use serde_json::{Value, json};

use crate::conductor::{Conductor, Node};
use crate::ipmi_sim::{Command, IpmiSim};
use crate::support::client::Reply;
use crate::tool::tool;

/// How the conductor speaks IPMI.
const TRANSPORTS: [&str; 2] = ["ipmitool", "native"];

/// Tries both at the same time, each in a thread of its name.
pub(crate) fn over_both(test: impl Fn(&str) + Sync) {
    thread::scope(|scope| {
        for transport in TRANSPORTS {
            let thread = thread::Builder::new().name(transport.to_owned());
            thread.spawn_scoped(scope, || test(transport)).unwrap();
        }
    });
}

/// A simulated BMC, a node that has it, and a conductor with that node alone.
pub(crate) struct Bench {
    pub(crate) sim: IpmiSim,
    pub(crate) node: Node,
    pub(crate) conductor: Conductor,
}

impl Bench {
    pub(crate) fn new(transport: &str, options: &[&str]) -> Self {
        let sim = IpmiSim::start(1);
        let node = Node::new("ipmi", sim.bmc().driver_info());
        let conductor = start(transport, options, &[&node]);
        Self { sim, node, conductor }
    }

    pub(crate) fn call(&self, verb: &str, method: &str, arguments: &Value) -> Reply {
        self.conductor.call(&self.node, verb, method, arguments)
    }
}

/// A conductor that speaks IPMI so.
pub(crate) fn start(transport: &str, options: &[&str], nodes: &[&Node]) -> Conductor {
    if transport == "ipmitool" {
        tool(transport);
    }
    Conductor::start_with(&[&["--ipmi-transport", transport], options].concat(), nodes)
}

#[test]
fn a_raw_command_arrives_as_it_was_sent_and_once() {
    over_both(|transport| {
        let bench = Bench::new(transport, &[]);
        let command = Command::name_user_3("somebody");
        let reply = bench.call("POST", "send_raw", &command.arguments());
        assert_eq!((reply.status, reply.body.as_str()), (202, ""));
        bench.conductor.succeeded(&bench.node, &reply);
        let received = bench.sim.received();
        let times = received.iter().filter(|received| **received == command).count();
        assert_eq!(times, 1, "{received:?}");
    });
}

#[test]
fn the_answer_to_a_raw_command_is_the_callers() {
    over_both(|transport| {
        let bench = Bench::new(transport, &[]);
        let reply = bench.call("POST", "raw_response", &json!({"raw_bytes": "0x06 0x01"}));
        bench.conductor.succeeded(&bench.node, &reply);
        let answer = "0x00 0x03 0x09 0x00 0x02 0x9f 0x91 0x12 0x00 0x02 0x0f 0x00 0x00 0x00 0x00";
        assert_eq!(reply.json(), json!({"raw_bytes": answer}));
    });
}

#[test]
fn the_device_id_is_that_of_the_nodes_own_bmc() {
    over_both(|transport| {
        let sim = IpmiSim::start(3);
        let nodes = [0, 1, 2].map(|place: usize| Node::new("ipmi", sim.bmcs[place].driver_info()));
        let conductor = start(transport, &[], &nodes.each_ref());
        for (node, firmware) in nodes.iter().zip(["9.00", "9.01", "9.02"]) {
            let reply = conductor.call(node, "GET", "device_id", &Value::Null);
            conductor.succeeded(node, &reply);
            assert_eq!(reply.json()["firmware_version"], firmware, "{reply:?}");
            let after = conductor.after(node, &reply);
            assert!(after.log.contains("lock=\"shared\""), "{after:?}");
        }
    });
}

#[test]
fn authentication_types_need_no_bmc() {
    for (transport, types) in [
        ("ipmitool", json!(["RAKP-HMAC-SHA1", "RAKP-HMAC-SHA256"])),
        ("native", json!(["RAKP-HMAC-SHA1"])),
    ] {
        let conductor = start(transport, &[], &[]);
        let page = conductor.page("/v1/drivers/ipmi/vendor_passthru/authentication_types");
        assert_eq!(page, json!({"types": types}));
    }
}
