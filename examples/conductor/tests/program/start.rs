//! Starting: what the program says, what it takes, and how it refuses.

use std::net::TcpListener;

use serde_json::Value;

use crate::support::process::Ended;
use crate::support::program::{Program, cannot_start, command, ended, file};
use crate::{EXAMPLE, FAKE};

/// Verb, path and body of a printed line.
fn request<'a>(curl: &'a str, address: &str) -> (&'a str, &'a str, &'a str) {
    let words = curl.trim().strip_prefix("curl -i ").unwrap();
    let (verb, words) = match words.strip_prefix("-X ") {
        Some(words) => words.split_once(' ').unwrap(),
        None => ("GET", words),
    };
    let (url, body) = words.split_once(" -d ").unwrap_or((words, "''"));
    let path = url.strip_prefix("http://").unwrap().strip_prefix(address).unwrap();
    (verb, path, body.strip_prefix('\'').unwrap().strip_suffix('\'').unwrap())
}

#[track_caller]
fn refused(ended: &Ended, says: &str) {
    let Ended { code, stdout, stderr } = ended;
    assert_eq!((*code, stdout.as_str()), (Some(1), ""), "{ended:?}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(stderr.starts_with("conductor: ") && stderr.contains(says), "{stderr}");
}

#[test]
fn the_three_printed_lines_work() {
    let mut program = Program::start(&[]);
    for expected in [
        ("GET", "/v1/drivers/example/vendor_passthru/authentication_types", 200),
        ("POST", &format!("/v1/nodes/{EXAMPLE}/vendor_passthru/send_raw"), 202),
        ("GET", "vendor_passthru/methods", 200),
    ] {
        let line = program.line();
        let (verb, path, body) = request(&line, &program.address);
        let status = program.send_with(verb, path, &[], body).status;
        assert_eq!((verb, status), (expected.0, expected.2), "{line}");
        assert!(path.ends_with(expected.1), "{line}");
    }
}

#[test]
fn only_lines_that_work_are_printed() {
    let nodes = file("no-nodes.json", r#"{"nodes": []}"#);
    let mut program = Program::start(&["--nodes", nodes.to_str().unwrap()]);
    assert!(program.line().contains("/v1/drivers/example/vendor_passthru/authentication_types"));
    program.signal("TERM");
    assert!(program.line().starts_with("stopped"));
}

#[test]
fn nodes_come_from_a_toml_or_json_file() {
    let toml = format!("[[nodes]]\nuuid = \"{FAKE}\"\ndriver = \"fake-hardware\"\nname = \"a\"\n");
    let json =
        format!(r#"{{"nodes": [{{"uuid": "{FAKE}", "driver": "fake-hardware", "name": "a"}}]}}"#);
    for (name, text) in [("good.toml", toml), ("good.json", json)] {
        let nodes = file(name, &text);
        let program = Program::start(&["--nodes", nodes.to_str().unwrap()]);
        let page = program.page("/v1/nodes");
        assert_eq!(page["nodes"].as_array().unwrap().len(), 1, "{page}");
        assert_eq!(page["nodes"][0]["name"], "a");
        let answer = program.send("POST", "/v1/nodes/a/vendor_passthru/echo", r#"{"b": [1]}"#);
        assert_eq!((answer.status, answer.body.as_str()), (200, r#"{"b":[1]}"#));
    }
}

#[test]
fn an_address_that_is_taken_is_refused() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let says = format!("cannot listen on {address}: ");
    refused(&cannot_start(&["--listen", &address]), &says);
    refused(&cannot_start(&["--listen", "here"]), "cannot listen on here: ");
}

#[test]
fn a_bad_nodes_file_is_refused_with_its_place() {
    let driver = format!("[[nodes]]\nuuid = \"{FAKE}\"\ndriver = \"ilo\"\n");
    for (name, text, says) in [
        (
            "unknown-key.toml",
            "nodes = []\nnode = 1\n",
            "unknown-key.toml:2:1: unknown field `node`",
        ),
        (
            "unknown-key.json",
            "{\"nodes\": [],\n\"node\": 1}",
            "unknown-key.json:2:6: unknown field",
        ),
        ("driver.toml", &driver, "driver.toml:1:1: no driver `ilo` is linked"),
        ("nodes.yaml", "nodes: []\n", "nodes.yaml: the file's name must end in .toml or .json"),
    ] {
        let nodes = file(name, text);
        refused(&cannot_start(&["--nodes", nodes.to_str().unwrap()]), says);
    }
    refused(&cannot_start(&["--nodes", "no-such-file.toml"]), "no-such-file.toml: ");
}

#[test]
fn no_workers_and_a_bad_log_filter_are_refused() {
    refused(&cannot_start(&["--workers", "0"]), "at least one worker");
    let mut program = command(&["--listen", "127.0.0.1:0"]);
    program.env("RUST_LOG", "vendor_passthru=loudly");
    refused(&ended(program), "RUST_LOG=vendor_passthru=loudly: ");
}

#[test]
fn the_number_of_workers_is_that_of_the_option() {
    let program = Program::start(&["--workers", "1"]);
    let sleep = format!("/v1/nodes/{FAKE}/vendor_passthru/sleep_async");
    assert_eq!(program.send("POST", &sleep, r#"{"seconds": 3600}"#).status, 202);
    let send_raw = format!("/v1/nodes/{EXAMPLE}/vendor_passthru/send_raw");
    let second = program.send("POST", &send_raw, r#"{"raw_bytes": "0x01"}"#);
    assert_eq!((second.status, second.header("retry-after")), (503, "1"));
}

#[test]
fn a_call_is_logged_in_one_line_with_its_fields() {
    let mut program = Program::start(&[]);
    let path = format!("/v1/nodes/{FAKE}/vendor_passthru/fail");
    let body = r#"{"status": 418, "message": "first\nsecond"}"#;
    let answer = program.send("POST", &path, body);
    let line = program.logged("first");
    for field in [
        &format!("request_id=\"{}\"", answer.header("openstack-request-id")),
        &format!("node={FAKE}"),
        "method=\"fail\"",
        "lock=\"exclusive\"",
        "waited_ms=",
        "held_ms=",
        "first\\nsecond\n",
    ] {
        assert_eq!(line.matches(field).count(), 1, "{field} {line}");
    }
}

#[test]
fn a_call_is_logged_as_json_with_its_fields() {
    let mut program = Program::start(&["--log-format", "json"]);
    let path = format!("/v1/nodes/{FAKE}/vendor_passthru/third_method_sync");
    let answer = program.send("POST", &path, r#"{"bar": "meow"}"#);
    let line = program.logged("third_method_sync");
    let event: Value = serde_json::from_str(&line).unwrap();
    let call = &event["span"];
    assert_eq!(call["request_id"], answer.header("openstack-request-id"), "{event}");
    assert_eq!((&call["node"], &call["method"]), (&FAKE.into(), &"third_method_sync".into()));
    assert_eq!(call["lock"], "exclusive");
    assert!(call["waited_ms"].is_number() && call["held_ms"].is_number(), "{event}");
}

#[test]
fn a_refused_call_is_logged_with_what_was_refused() {
    let mut program = Program::start(&[]);
    let path = format!("/v1/nodes/{FAKE}/vendor_passthru/sleep_shared");
    let answer = program.send("POST", &path, r#"{"seconds": "soon"}"#);
    assert_eq!(answer.status, 400);
    let line = program.logged("call refused");
    for field in [answer.header("openstack-request-id"), "sleep_shared", "`$.seconds` is invalid"] {
        assert!(line.contains(field), "{field} {line}");
    }
}

#[test]
fn a_request_that_comes_to_no_call_is_logged_too() {
    let mut program = Program::start(&[]);
    let answer = program.send("GET", "/v1/nodes/nobody/vendor_passthru/methods", "");
    assert_eq!(answer.status, 404);
    let line = program.logged("request refused");
    for field in [answer.header("openstack-request-id"), "node `nobody` could not be found"] {
        assert!(line.contains(field), "{field} {line}");
    }
}

#[test]
fn a_call_under_the_shared_lock_says_so() {
    let mut program = Program::start(&[]);
    let path = format!("/v1/nodes/{FAKE}/vendor_passthru/echo");
    assert_eq!(program.send("POST", &path, "{}").status, 200);
    let line = program.logged("echo");
    assert!(line.contains("lock=\"shared\"") && line.ends_with("call succeeded\n"), "{line}");
}

#[test]
fn rust_log_chooses_what_is_logged() {
    let mut silent = command(&[]);
    silent.env("RUST_LOG", "off");
    let mut program = Program::spawn(silent);
    let path = format!("/v1/nodes/{FAKE}/vendor_passthru/third_method_sync");
    assert_eq!(program.send("POST", &path, r#"{"bar": "meow"}"#).status, 200);
    program.signal("TERM");
    assert_eq!(program.ended().stderr, "");
}
