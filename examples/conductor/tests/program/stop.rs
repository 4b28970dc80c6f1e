//! Stopping: by a signal, without losing a call.

use std::net::TcpStream;

use serde_json::Value;

use crate::FAKE;
use crate::support::client::{NEWEST, Reply};
use crate::support::program::Program;

fn sleep(method: &str) -> String {
    format!("/v1/nodes/{FAKE}/vendor_passthru/{method}")
}

fn reservation(program: &Program) -> Value {
    program.page(&format!("/v1/nodes/{FAKE}"))["reservation"].clone()
}

/// The last line that a program prints.
#[track_caller]
fn last_line(program: &mut Program) -> (Option<i32>, String) {
    let ended = program.ended();
    (ended.code, ended.stdout.lines().last().unwrap_or_default().to_owned())
}

#[test]
fn either_signal_ends_an_idle_program_well() {
    for signal in ["INT", "TERM"] {
        let mut program = Program::start(&[]);
        program.signal(signal);
        let (code, line) = last_line(&mut program);
        assert_eq!((code, line.as_str()), (Some(0), "stopped: calls finished 0, interrupted 0"));
    }
}

#[test]
fn an_asynchronous_call_is_waited_for() {
    let mut program = Program::start(&[]);
    let accepted = program.send("POST", &sleep("sleep_async"), r#"{"seconds": 2}"#);
    assert_eq!(accepted.status, 202);
    assert_eq!(reservation(&program), "conductor");

    program.signal("TERM");
    let ended = program.ended();
    assert_eq!(ended.code, Some(0));
    assert!(ended.stdout.ends_with("stopped: calls finished 1, interrupted 0\n"), "{ended:?}");
    let of_the_call = ended.stderr.lines().find(|line| line.contains("sleep_async")).unwrap();
    assert!(of_the_call.ends_with("call succeeded"), "{of_the_call}");
}

#[test]
fn a_synchronous_call_is_answered() {
    let mut program = Program::start(&[]);
    let call = program.begin("POST", &sleep("sleep_sync"), &[NEWEST], r#"{"seconds": 2}"#);
    while reservation(&program).is_null() {}

    program.signal("TERM");
    let answer = Reply::read(call);
    assert_eq!((answer.status, answer.body.as_str()), (200, "null"));
    let (code, line) = last_line(&mut program);
    assert_eq!((code, line.as_str()), (Some(0), "stopped: calls finished 1, interrupted 0"));
}

#[test]
fn nobody_is_let_in_while_calls_end() {
    let mut program = Program::start(&[]);
    let accepted = program.send("POST", &sleep("sleep_async"), r#"{"seconds": 3600}"#);
    assert_eq!(accepted.status, 202);

    program.signal("TERM");
    program.logged("shutting down");
    while TcpStream::connect(&program.address).is_ok() {}
    assert!(program.is_running());
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let mut program = Program::start(&[]);
    let accepted = program.send("POST", &sleep("sleep_async"), r#"{"seconds": 3600}"#);
    assert_eq!(accepted.status, 202);

    program.signal("TERM");
    program.logged("shutting down");
    program.signal("INT");
    let ended = program.ended();
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.ends_with("second signal, without waiting for calls\n"), "{ended:?}");
}
