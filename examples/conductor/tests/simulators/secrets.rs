//! Passwords and secret arguments stand in no log, no answer, no record and no list of processes,
//! however a call ends. The conductor of these tests logs everything that it can.

use std::fmt::Write;

use serde_json::{Value, json};
use vendor_passthru::Uuid;

use crate::bmc_service::BmcService;
use crate::conductor::{Conductor, Node};
use crate::ipmi::{over_both, start};
use crate::ipmi_sim::{Command, IpmiSim};
use crate::processes::{self, Seen};
use crate::service::{Canned, PASSWORD, SUBSCRIPTIONS};
use crate::support::client::Reply;
use crate::sushy::{self, SushyEmulator};

const LIMIT: [&str; 2] = ["--bmc-time-limit", "2"];

/// A text that stands nowhere else, neither in another test nor in another process.
fn secret(name: &str) -> String {
    let unique = Uuid::new_v4().simple().to_string();
    format!("{name}-{}", &unique[..10])
}

/// Texts that others than the caller and the BMC can read, each with where it stands.
#[derive(Default)]
struct Readable(Vec<(String, String)>);

impl Readable {
    fn add(&mut self, place: impl Into<String>, text: impl Into<String>) {
        self.0.push((place.into(), text.into()));
    }

    fn answer(&mut self, reply: &Reply) {
        self.add("an answer", format!("{} {:?}", reply.body, reply.headers));
    }

    /// The command lines of all processes, and the environments of all but those with this name.
    fn processes(&mut self, processes: &[Seen], may_know: &str) {
        for process in processes {
            let name = &process.name;
            self.add(format!("the command line of {name}"), &process.command_line);
            if name != may_know {
                self.add(format!("the environment of {name}"), &process.environment);
            }
        }
    }

    /// What the conductor shows, and all that it has written in the end.
    fn conductor(&mut self, mut conductor: Conductor) {
        self.add("the nodes", conductor.page("/v1/nodes/detail").to_string());
        conductor.signal("TERM");
        conductor.ended();
        let log = conductor.output();
        assert!(log.contains("call succeeded") && log.contains("call failed"), "{log}");
        self.add("the log", log);
    }

    /// Where any of these secrets stands, in any form.
    fn found(&self, secrets: &[&str]) -> Vec<String> {
        let mut found = Vec::new();
        for (place, text) in &self.0 {
            let text = text.to_lowercase();
            for secret in secrets {
                if forms(secret).iter().any(|form| text.contains(&form.to_lowercase())) {
                    found.push(format!("{secret} in {place}"));
                }
            }
        }
        found
    }

    #[track_caller]
    fn has_none_of(&self, secrets: &[&str]) {
        assert_eq!(self.found(secrets), Vec::<String>::new());
    }
}

/// A text as itself, and as the bytes it has, in the ways in which bytes are written.
fn forms(secret: &str) -> Vec<String> {
    let joined = |byte: &dyn Fn(u8) -> String, by: &str| {
        secret.bytes().map(byte).collect::<Vec<_>>().join(by)
    };
    let hex = |byte| format!("{byte:02x}");
    vec![
        secret.to_owned(),
        joined(&hex, ""),
        joined(&hex, " "),
        joined(&hex, ":"),
        joined(&hex, ", "),
        joined(&|byte| format!("{byte:#04x}"), " "),
        joined(&|byte| format!("{byte:#04x}"), ", "),
        joined(&|byte| byte.to_string(), " "),
        joined(&|byte| byte.to_string(), ", "),
        joined(&|byte| byte.to_string(), ","),
        base64(secret),
    ]
}

/// All of the text in Base64 that does not depend on what follows it. What stands before it must
/// have a multiple of three letters: the users of these tests, with their colons, have six and nine.
fn base64(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::new();
    for group in text.as_bytes().chunks_exact(3) {
        let bits = group.iter().fold(0, |bits, byte| bits << 8 | usize::from(*byte));
        for shift in [18, 12, 6, 0] {
            let digit = DIGITS[bits >> shift & 63];
            write!(encoded, "{}", char::from(digit)).unwrap();
        }
    }
    encoded
}

#[test]
fn a_secret_that_stands_somewhere_is_found_in_every_form() {
    let (other, secret) = ("S3cr3t-0ther", "S3cr3t-4rgument");
    for form in forms(secret) {
        let mut readable = Readable::default();
        readable.add("the log", format!("sent ({form}) to the BMC"));
        assert_eq!(readable.found(&[other, secret]), [format!("{secret} in the log")]);
    }
    let mut readable = Readable::default();
    readable.add("the log", "sent S3cr3t to the BMC");
    readable.has_none_of(&[other, secret]);
}

#[test]
fn nobody_sees_the_secrets_of_an_ipmi_call() {
    over_both(|transport| {
        let sim = IpmiSim::start(1);
        let password = sim.bmc().password.as_str();
        let [other, too_long, argument] = ["Pw", "Pw-too-long-for-any-BMC", "Arg"].map(secret);
        let node = Node::new("ipmi", sim.bmc().driver_info());
        let wrong = node.clone().another().with("ipmi_password", other.as_str());
        let invalid = node.clone().another().with("ipmi_password", too_long.as_str());
        let conductor = start(transport, &LIMIT, &[&node, &wrong, &invalid]);
        let mut readable = Readable::default();

        let good = Command::set_password_of_user_3(&argument);
        let Command(_, _, data) = &good;
        let refused = Command(0x06, 0x02, data.clone());
        let raw_bytes = good.arguments()["raw_bytes"].as_str().unwrap().to_owned();
        let no_bytes = json!({"raw_bytes": raw_bytes + " ?"});
        let call = |node, method, arguments: &Value| {
            let reply = conductor.call(node, "POST", method, arguments);
            conductor.after(node, &reply);
            reply
        };
        for (node, arguments, status) in [
            (&node, good.arguments(), 200),
            (&node, refused.arguments(), 500),
            (&node, no_bytes, 400),
            (&wrong, good.arguments(), 500),
            (&invalid, good.arguments(), 400),
        ] {
            let reply = call(node, "raw_response", &arguments);
            assert_eq!(reply.status, status, "{reply:?}");
            readable.answer(&reply);
        }
        assert!(sim.received().contains(&good));
        for node in [&node, &wrong] {
            readable.answer(&call(node, "send_raw", &refused.arguments()));
        }

        sim.signal("STOP");
        let reply = conductor.call(&node, "POST", "send_raw", &good.arguments());
        sim.bmc().was_asked();
        let processes = processes::all();
        readable.processes(&processes, "ipmitool");
        conductor.after(&node, &reply);
        let parent = conductor.process.id();
        readable.conductor(conductor);
        readable.has_none_of(&[password, &other, &too_long, &argument]);

        // The password stands where it must, so it would have been found elsewhere.
        let knows = |process: &&Seen| process.environment.contains(password);
        let knowing: Vec<_> = processes.iter().filter(knows).collect();
        let expected = if transport == "ipmitool" { vec!["ipmitool"] } else { vec![] };
        let names: Vec<_> = knowing.iter().map(|process| process.name.as_str()).collect();
        assert_eq!(names, expected);
        for process in knowing {
            assert_eq!(process.parent, parent);
            // It hides the password that follows, but not before everybody could read it.
            assert!(!process.command_line.contains(" -P "), "{process:?}");
        }
    });
}

#[test]
fn nobody_sees_the_secrets_of_a_redfish_call() {
    for driver in ["redfish", "idrac"] {
        let service = BmcService::start();
        let node = Node::new(driver, service.driver_info());
        let [other, no_text, argument] = ["Pw", "Pw", "Arg"].map(secret);
        let wrong = node.clone().another().with("redfish_password", other.as_str());
        let invalid = node.clone().another().with("redfish_password", json!([no_text]));
        let conductor = Conductor::start_with(&LIMIT, &[&node, &wrong, &invalid]);
        let mut readable = Readable::default();
        let create = |node, headers: Value| {
            let destination = "https://events.example.com/";
            let arguments = json!({"Destination": destination, "HttpHeaders": headers});
            let reply = conductor.call(node, "POST", "create_subscription", &arguments);
            conductor.after(node, &reply);
            reply
        };
        let token = format!("Bearer {argument}");
        let headers = json!([{"Authorization": token}]);
        for (node, headers, status) in [
            (&node, headers.clone(), 200),
            (&node, json!({"Authorization": token}), 400),
            (&node, json!(token), 400),
            (&node, json!([{"Authorization": format!("{token}\r\n")}]), 400),
            (&node, json!([{"Authorization": [token]}]), 400),
            (&node, json!([{token.as_str(): "a"}]), 400),
            (&wrong, headers.clone(), 500),
            (&invalid, headers.clone(), 400),
        ] {
            let reply = create(node, headers);
            assert_eq!(reply.status, status, "{reply:?}");
            readable.answer(&reply);
        }
        // A BMC that repeats what it was told.
        let says = json!({"error": {
            "code": "Base.1.0.GeneralError", "message": format!("Authorization: {token} is bad"),
            "@Message.ExtendedInfo": [{"MessageId": format!("Base.1.0.{argument}"), "Message": token}],
        }});
        let line = format!("POST {SUBSCRIPTIONS}");
        service.answer(&line, Canned::Answer(400, String::new(), says.to_string()));
        readable.answer(&create(&node, headers.clone()));
        service.answer(&line, Canned::Nothing);
        let asked = service.requests().len();
        let late = create(&node, headers.clone());
        assert!(service.requests().len() > asked);
        readable.answer(&late);
        readable.processes(&processes::all(), "");
        readable.conductor(conductor);
        readable.has_none_of(&[PASSWORD, &other, &no_text, &argument]);

        // The BMC was told, so there was something to keep.
        let told =
            service.requests().into_iter().filter(|told| told.body["HttpHeaders"] == headers);
        assert_eq!(told.count(), 3);
    }
}

#[test]
fn nobody_sees_a_password_that_a_real_service_was_told() {
    let emulator = SushyEmulator::start(1);
    let node = Node::new("redfish", emulator.driver_info(0));
    let other = secret("Pw");
    let wrong = node.clone().another().with("redfish_password", other.as_str());
    let conductor = Conductor::start_with(&LIMIT, &[&node, &wrong]);
    let mut readable = Readable::default();
    let eject = |node| conductor.call(node, "POST", "eject_vmedia", &json!({}));
    for node in [&node, &wrong] {
        let reply = eject(node);
        conductor.after(node, &reply);
        readable.answer(&reply);
    }
    emulator.signal("STOP");
    let reply = eject(&node);
    emulator.was_asked();
    readable.processes(&processes::all(), "");
    conductor.after(&node, &reply);
    readable.answer(&reply);
    readable.conductor(conductor);
    readable.has_none_of(&[sushy::PASSWORD, &other]);
}
