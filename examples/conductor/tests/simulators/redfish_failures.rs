//! What becomes of a call of the driver `redfish` that its BMC does not do, or does not answer.

use serde_json::{Value, json};

use crate::bmc_service::BmcService;
use crate::conductor::{Conductor, Node};
use crate::ports::free_port;
use crate::service::{Canned, SUBSCRIPTIONS, SYSTEM_CD};
use crate::support::client::Reply;
use crate::sushy::SushyEmulator;

const LIMIT: [&str; 2] = ["--bmc-time-limit", "2"];
const TIMED_OUT: &str = "the BMC did not answer within 2 s";

/// A call that is waited for fails so, and one that is not as well.
#[track_caller]
fn both_fail(conductor: &Conductor, node: &Node, says: &str) {
    let reply = conductor.call(node, "GET", "get_all_subscriptions", &Value::Null);
    conductor.failed(node, &reply, 500, says);
    let reply = conductor.call(node, "POST", "eject_vmedia", &json!({}));
    conductor.failed_later(node, "eject_vmedia", &reply, says);
}

#[test]
fn a_wrong_password_is_told_as_such() {
    let service = BmcService::start();
    let node = Node::new("redfish", service.driver_info()).with("redfish_password", "another");
    let says = "the BMC does not accept redfish_username and redfish_password";
    both_fail(&Conductor::start(&[&node]), &node, says);
    let emulator = SushyEmulator::start(1);
    let node = Node::new("redfish", emulator.driver_info(0)).with("redfish_password", "another");
    let conductor = Conductor::start(&[&node]);
    let reply = conductor.call(&node, "POST", "eject_vmedia", &json!({}));
    conductor.failed_later(&node, "eject_vmedia", &reply, says);
}

#[test]
fn an_address_that_is_no_bmc_is_told_as_such() {
    let address = format!("http://127.0.0.1:{}", free_port());
    let node = Node::new("redfish", json!({"redfish_address": address}));
    both_fail(&Conductor::start(&[&node]), &node, "the BMC cannot be reached");
}

#[test]
fn what_the_bmc_refuses_is_no_success() {
    let service = BmcService::start();
    let node = Node::new("redfish", service.driver_info());
    let conductor = Conductor::start(&[&node]);
    for path in [SUBSCRIPTIONS, SYSTEM_CD] {
        let answer = Canned::Answer(503, String::new(), String::new());
        service.answer(&format!("GET {path}"), answer);
    }
    let reply = conductor.call(&node, "GET", "get_all_subscriptions", &Value::Null);
    let says = format!("the BMC answered GET {SUBSCRIPTIONS} with 503");
    conductor.failed(&node, &reply, 500, &says);
    let reply = conductor.call(&node, "POST", "eject_vmedia", &json!({}));
    let says = format!("the BMC answered GET {SYSTEM_CD} with 503");
    conductor.failed_later(&node, "eject_vmedia", &reply, &says);
}

#[test]
fn a_bmc_that_answers_late_is_waited_for() {
    let emulator = SushyEmulator::start(1);
    let node = Node::new("redfish", emulator.driver_info(0));
    let conductor = Conductor::start(&[&node]);
    emulator.signal("STOP");
    let reply = conductor.call(&node, "POST", "eject_vmedia", &json!({}));
    emulator.was_asked();
    assert_eq!(conductor.reservation(&node), "conductor");
    emulator.signal("CONT");
    conductor.succeeded(&node, &reply);
}

#[test]
fn a_silent_bmc_fails_its_call_at_the_time_limit_and_can_be_called_again() {
    let emulator = SushyEmulator::start(1);
    let node = Node::new("redfish", emulator.driver_info(0));
    let conductor = Conductor::start_with(&LIMIT, &[&node]);
    emulator.signal("STOP");
    both_fail(&conductor, &node, TIMED_OUT);
    emulator.signal("CONT");
    let reply = conductor.call(&node, "POST", "eject_vmedia", &json!({}));
    let after = conductor.after(&node, &reply);
    assert!(after.log.ends_with("call succeeded\n"), "{after:?}");
}

#[test]
fn a_service_that_falls_silent_in_the_middle_of_a_call_fails_it_at_the_time_limit() {
    let service = BmcService::start();
    let node = Node::new("redfish", service.driver_info());
    let conductor = Conductor::start_with(&LIMIT, &[&node]);
    let line = format!("GET {SUBSCRIPTIONS}");
    service.answer(&line, Canned::Nothing);
    let reply = conductor.call(&node, "GET", "get_all_subscriptions", &Value::Null);
    conductor.failed(&node, &reply, 500, TIMED_OUT);
    service.was_asked(&line);
}

#[test]
fn a_bmc_that_dies_in_the_middle_of_a_call_fails_it() {
    let emulator = SushyEmulator::start(1);
    let node = Node::new("redfish", emulator.driver_info(0));
    let conductor = Conductor::start(&[&node]);
    emulator.signal("STOP");
    let call = conductor.begin_call(&node, "GET", "get_all_subscriptions", &Value::Null);
    emulator.was_asked();
    emulator.signal("KILL");
    conductor.failed(&node, &Reply::read(call), 500, "the BMC broke off its answer");
}
