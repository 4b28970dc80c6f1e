//! Stopping the conductor while a call hangs on a silent BMC: the end is bounded, the call is told
//! of, and nothing of it is left.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::conductor::{Conductor, Node};
use crate::ipmi::{Bench, over_both};
use crate::ipmi_sim::Command;
use crate::processes::{self, Seen};
use crate::support::client::Reply;
use crate::sushy::SushyEmulator;
use crate::wait::wait_until;

/// Much less than a driver waits for its BMC.
const LIMIT: [&str; 2] = ["--shutdown-limit", "1"];

/// The limit, and what a machine that is busy adds to it; still less than a driver's time limit.
const BOUND: Duration = Duration::from_secs(9);

const INTERRUPTED: &str = "stopped: calls finished 0, interrupted 1\n";

/// Stops the program; its one call is interrupted.
#[track_caller]
fn interrupts(conductor: &mut Conductor) {
    let begun = Instant::now();
    conductor.signal("TERM");
    let ended = conductor.ended();
    assert!(begun.elapsed() < BOUND, "{:?}", begun.elapsed());
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.stdout.ends_with(INTERRUPTED), "{ended:?}");
    let line = ended.stderr.lines().find(|line| line.contains("call failed"));
    assert!(line.is_some_and(|line| line.contains("interrupted")), "{ended:?}");
}

#[test]
fn an_asynchronous_ipmi_call_is_interrupted() {
    over_both(|transport| {
        let mut bench = Bench::new(transport, &LIMIT);
        bench.sim.signal("STOP");
        let reply = bench.call("POST", "send_raw", &Command::name_user_3("a").arguments());
        assert_eq!(reply.status, 202);
        bench.sim.bmc().was_asked();
        interrupts(&mut bench.conductor);
    });
}

#[test]
fn an_ipmi_call_that_is_waited_for_is_answered_that_it_was_interrupted() {
    over_both(|transport| {
        let mut bench = Bench::new(transport, &LIMIT);
        bench.sim.signal("STOP");
        let arguments = Command::name_user_3("a").arguments();
        let call = bench.conductor.begin_call(&bench.node, "POST", "raw_response", &arguments);
        bench.sim.bmc().was_asked();
        interrupts(&mut bench.conductor);
        let reply = Reply::read(call);
        assert_eq!(reply.status, 500, "{reply:?}");
        let fault = reply.error()["faultstring"].as_str().unwrap().to_owned();
        assert!(fault.contains("interrupted"), "{fault}");
    });
}

/// An asynchronous call on a silent BMC, and the `ipmitool` that carries it.
fn hanging() -> (Bench, Seen) {
    let bench = Bench::new("ipmitool", &LIMIT);
    bench.sim.signal("STOP");
    let reply = bench.call("POST", "send_raw", &Command::name_user_3("a").arguments());
    assert_eq!(reply.status, 202);
    bench.sim.bmc().was_asked();
    let [child] = children(&bench).try_into().unwrap();
    (bench, child)
}

/// The processes that speak to the BMC: its port is on their command lines.
fn children(bench: &Bench) -> Vec<Seen> {
    processes::with_word(&bench.sim.bmc().port.to_string())
}

/// Left alone, it would wait for the BMC much longer.
#[track_caller]
fn ends_with_the_conductor(bench: &Bench) {
    let ended = Instant::now();
    wait_until("ipmitool has ended", || children(bench).is_empty());
    assert!(ended.elapsed() < Duration::from_secs(2), "{:?}", ended.elapsed());
}

#[test]
fn no_ipmitool_is_left_behind() {
    let (mut bench, child) = hanging();
    assert_eq!((child.name.as_str(), child.parent), ("ipmitool", bench.conductor.process.id()));
    interrupts(&mut bench.conductor);
    ends_with_the_conductor(&bench);
}

#[test]
fn no_ipmitool_is_left_behind_by_a_conductor_that_does_not_wait() {
    let (mut bench, _) = hanging();
    bench.conductor.signal("TERM");
    bench.conductor.logged("shutting down");
    bench.conductor.signal("TERM");
    assert_eq!(bench.conductor.ended().code, Some(1));
    ends_with_the_conductor(&bench);
}

#[test]
fn a_redfish_call_is_interrupted() {
    let emulator = SushyEmulator::start(1);
    let node = Node::new("redfish", emulator.driver_info(0));
    let mut conductor = Conductor::start_with(&LIMIT, &[&node]);
    emulator.signal("STOP");
    conductor.begin_call(&node, "POST", "eject_vmedia", &json!({}));
    interrupts(&mut conductor);
}
