//! What becomes of a call of the driver `ipmi` that its BMC does not do, or does not answer.

use serde_json::{Value, json};

use crate::conductor::Node;
use crate::ipmi::{Bench, over_both, start};
use crate::ipmi_sim::{Command, IpmiSim};
use crate::ports::free_port;
use crate::support::client::Reply;

/// Less than what the driver waits for any packet.
const LIMIT: [&str; 2] = ["--bmc-time-limit", "2"];
const TIMED_OUT: &str = "the BMC did not finish within 2 s; the command may or may not";

fn raw() -> Value {
    Command::name_user_3("somebody").arguments()
}

/// A call that is waited for fails so, and one that is not as well; each on a node of its own.
#[track_caller]
fn both_fail(transport: &str, node: &Node, status: u16, says: &str) {
    let nodes = [node.clone(), node.clone().another()];
    let conductor = start(transport, &[], &nodes.each_ref());
    let later = conductor.call(&nodes[1], "POST", "send_raw", &raw());
    let reply = conductor.call(&nodes[0], "POST", "raw_response", &raw());
    conductor.failed(&nodes[0], &reply, status, says);
    conductor.failed_later(&nodes[1], "send_raw", &later, says);
}

#[test]
fn a_wrong_password_is_told_as_such() {
    let sim = IpmiSim::start(1);
    let node = Node::new("ipmi", sim.bmc().driver_info()).with("ipmi_password", "another");
    over_both(|transport| {
        both_fail(transport, &node, 500, "the BMC refused the user or the password");
    });
    assert_eq!(sim.received(), []);
}

#[test]
fn an_unknown_user_is_told_as_such() {
    let sim = IpmiSim::start(1);
    let node = Node::new("ipmi", sim.bmc().driver_info()).with("ipmi_username", "nobody");
    over_both(|transport| {
        both_fail(transport, &node, 500, "the BMC refused the user or the password");
    });
}

#[test]
fn an_address_that_is_no_bmc_is_told_as_such() {
    let info = json!({"ipmi_address": "127.0.0.1", "ipmi_port": free_port()});
    let node = Node::new("ipmi", info);
    over_both(|transport| {
        both_fail(transport, &node, 504, "the BMC does not answer");
    });
}

#[test]
fn a_reset_that_the_bmc_refuses_is_no_success() {
    over_both(|transport| {
        let bench = Bench::new(transport, &[]);
        for (warm, command) in
            [(json!(true), 3), (json!("False"), 2), (json!("1"), 3), (json!(false), 2)]
        {
            let reply = bench.call("POST", "bmc_reset", &json!({"warm": warm}));
            let says =
                format!("the BMC refused the command 0x06 {command:#04x}: completion code 0xc1");
            bench.conductor.failed_later(&bench.node, "bmc_reset", &reply, &says);
            assert!(bench.sim.received().contains(&Command(6, command, vec![])));
        }
    });
}

#[test]
fn a_command_that_the_bmc_refuses_is_answered_with_its_code() {
    over_both(|transport| {
        let bench = Bench::new(transport, &[]);
        let reply = bench.call("POST", "raw_response", &json!({"raw_bytes": "0x06 0x02"}));
        bench.conductor.failed(&bench.node, &reply, 500, "0x06 0x02: completion code 0xc1");
    });
}

#[test]
fn a_bmc_that_answers_late_is_waited_for() {
    over_both(|transport| {
        let bench = Bench::new(transport, &[]);
        bench.sim.signal("STOP");
        let call = bench.conductor.begin_call(&bench.node, "POST", "raw_response", &raw());
        bench.sim.bmc().was_asked();
        bench.sim.signal("CONT");
        bench.conductor.succeeded(&bench.node, &Reply::read(call));
    });
}

#[test]
fn a_silent_bmc_fails_its_call_at_the_time_limit_and_can_be_called_again() {
    over_both(|transport| {
        let bench = Bench::new(transport, &LIMIT);
        bench.sim.signal("STOP");
        let reply = bench.call("POST", "raw_response", &raw());
        bench.conductor.failed(&bench.node, &reply, 504, TIMED_OUT);
        let reply = bench.call("POST", "send_raw", &raw());
        bench.conductor.failed_later(&bench.node, "send_raw", &reply, TIMED_OUT);

        bench.sim.signal("CONT");
        let reply = bench.call("POST", "raw_response", &raw());
        assert_eq!(reply.status, 200, "{reply:?}");
    });
}

#[test]
fn a_bmc_that_dies_in_the_middle_of_a_call_fails_it() {
    over_both(|transport| {
        let bench = Bench::new(transport, &LIMIT);
        bench.sim.signal("STOP");
        let reply = bench.call("POST", "send_raw", &raw());
        bench.sim.bmc().was_asked();
        bench.sim.signal("KILL");
        bench.conductor.failed_later(&bench.node, "send_raw", &reply, TIMED_OUT);
    });
}
