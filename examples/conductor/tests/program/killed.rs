//! Being killed in the middle of a call, and the start after it.
//!
//! A kill leaves no time for anything: what is not written down is lost. The nodes of this
//! program are in its memory, so the next start has them as its options say, free and without an
//! error. How a signal to stop ends calls is in `stop`; here is the one kind of call that it does
//! not have.

use std::io::Read;
use std::net::TcpStream;

use serde_json::Value;

use crate::FAKE;
use crate::support::client::{NEWEST, Reply};
use crate::support::program::Program;

const HOUR: &str = r#"{"seconds": 3600}"#;

fn begin(program: &Program, method: &str, arguments: &str) -> TcpStream {
    program.begin("POST", &path(method), &[NEWEST], arguments)
}

fn path(method: &str) -> String {
    format!("/v1/nodes/{FAKE}/vendor_passthru/{method}")
}

fn node(program: &Program) -> Value {
    program.page(&format!("/v1/nodes/{FAKE}"))
}

/// Waits until a call runs that nothing shows: those that came after it have been answered.
fn later_calls_are_answered(program: &Program) {
    for _ in 0..20 {
        assert_eq!(program.send("POST", &path("echo"), "{}").status, 200);
    }
}

/// Kills the program, which says nothing more, and starts it again: its node is as new.
#[track_caller]
fn killed_and_started_again(mut program: Program) {
    program.signal("KILL");
    let ended = program.ended();
    // A process that a signal has killed has no exit code.
    assert_eq!(ended.code, None, "{ended:?}");
    assert!(!ended.stdout.contains("stopped"), "{ended:?}");
    assert!(!ended.stderr.contains("sleep_"), "{ended:?}");

    let program = Program::start(&[]);
    let node = node(&program);
    assert_eq!((&node["reservation"], &node["last_error"]), (&Value::Null, &Value::Null));
    assert_eq!(program.send("POST", &path("sleep_sync"), r#"{"seconds": 0}"#).status, 200);
}

/// The connection ends or is reset, without a byte of an answer.
#[track_caller]
fn never_answered(mut call: TcpStream) {
    let mut answer = Vec::new();
    let _ended_or_reset = call.read_to_end(&mut answer);
    assert_eq!(answer, b"");
}

#[test]
fn a_kill_ends_a_synchronous_call_without_an_answer() {
    let program = Program::start(&[]);
    let call = begin(&program, "sleep_sync", HOUR);
    while node(&program)["reservation"].is_null() {}
    killed_and_started_again(program);
    never_answered(call);
}

#[test]
fn a_kill_ends_a_call_that_waits_for_the_node_without_an_answer() {
    let program = Program::start(&[]);
    let accepted = program.send("POST", &path("sleep_async"), HOUR);
    assert_eq!(accepted.status, 202);
    let call = begin(&program, "sleep_sync", HOUR);
    later_calls_are_answered(&program);
    killed_and_started_again(program);
    never_answered(call);
}

#[test]
fn a_kill_ends_a_shared_call_without_an_answer() {
    let program = Program::start(&[]);
    let call = begin(&program, "sleep_shared", HOUR);
    later_calls_are_answered(&program);
    killed_and_started_again(program);
    never_answered(call);
}

#[test]
fn a_kill_forgets_an_asynchronous_call() {
    let program = Program::start(&[]);
    let accepted = program.send("POST", &path("sleep_async"), HOUR);
    assert_eq!((accepted.status, accepted.body.as_str()), (202, ""));
    assert_eq!(node(&program)["reservation"], "conductor");
    killed_and_started_again(program);
}

#[test]
fn a_kill_ends_a_program_that_waits_for_its_calls() {
    let mut program = Program::start(&[]);
    let call = begin(&program, "sleep_sync", HOUR);
    while node(&program)["reservation"].is_null() {}
    program.signal("TERM");
    program.logged("shutting down");
    killed_and_started_again(program);
    never_answered(call);
}

#[test]
fn a_shared_call_is_answered_before_the_program_stops() {
    let mut program = Program::start(&[]);
    let call = begin(&program, "sleep_shared", r#"{"seconds": 2}"#);
    later_calls_are_answered(&program);
    program.signal("TERM");
    let shutting_down = program.logged("shutting down");
    assert!(shutting_down.contains("running=1"), "{shutting_down}");

    let answer = Reply::read(call);
    assert_eq!((answer.status, answer.body.as_str()), (200, "null"));
    let ended = program.ended();
    assert_eq!(ended.code, Some(0));
    assert!(ended.stdout.ends_with("stopped: calls finished 1, interrupted 0\n"), "{ended:?}");
}
