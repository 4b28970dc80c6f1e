//! `sushy-emulator` of OpenStack's sushy-tools: a Redfish service with fake machines, behind basic
//! authentication, with TLS where a test wants it.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use vendor_passthru::Uuid;

use crate::certificate::Certificate;
use crate::directory::Directory;
use crate::ports::has_unread;
use crate::support::client::{Client, Reply};
use crate::support::process::Process;
use crate::tool::tool;
use crate::wait::wait_until;

pub(crate) const USER: &str = "operator";
pub(crate) const PASSWORD: &str = "Pw-redfish-5f0c9e";
const AUTHORIZATION: &str = "Basic b3BlcmF0b3I6UHctcmVkZmlzaC01ZjBjOWU=";
/// The line of a password file for both, made by bcrypt with as little work as it takes.
const HTPASSWD: &str = "operator:$2b$04$I1yqqsqFnjEbZUy.jkZxNez38QWUOU3DUYeZ0EvdWJHkGcYc2tt6S\n";

/// The emulator, running; killed with the test.
pub(crate) struct SushyEmulator {
    process: Process,
    /// Such as `http://127.0.0.1:12345`.
    pub(crate) url: String,
    _directory: Directory,
}

/// The id of a fake machine.
pub(crate) fn system(place: usize) -> String {
    format!("00000000-0000-4000-8000-{place:012}")
}

impl SushyEmulator {
    /// With so many machines.
    pub(crate) fn start(systems: usize) -> Self {
        Self::start_with(systems, None)
    }

    /// The same over TLS.
    pub(crate) fn start_with_tls(systems: usize, certificate: &Certificate) -> Self {
        Self::start_with(systems, Some(certificate))
    }

    fn start_with(systems: usize, certificate: Option<&Certificate>) -> Self {
        let directory = Directory::new();
        let path = directory.path();
        let passwords = directory.file("htpasswd", HTPASSWD);
        let mut command = Command::new(tool("sushy-emulator"));
        command.arg("--fake").arg("--config");
        command.arg(directory.file("config.py", &config(path, &passwords, systems)));
        if let Some(Certificate { certificate, key }) = certificate {
            command.arg("--ssl-certificate").arg(directory.file("certificate.pem", certificate));
            command.arg("--ssl-key").arg(directory.file("key.pem", key));
        }
        // It leaves images there.
        command.env("TMPDIR", path).env_remove("SUSHY_EMULATOR_CONFIG").stdin(Stdio::null());
        let mut process = Process::spawn(command);
        let line = process.stderr.line_with("Running on ");
        let (_, url) = line.trim_end().split_once("Running on ").unwrap();
        Self { process, url: url.to_owned(), _directory: directory }
    }

    /// How to reach one of its machines.
    pub(crate) fn driver_info(&self, place: usize) -> Value {
        json!({
            "redfish_address": self.url,
            "redfish_system_id": format!("/redfish/v1/Systems/{}", system(place)),
            "redfish_username": USER,
            "redfish_password": PASSWORD,
        })
    }

    /// Sends it a signal: STOP makes it a BMC that does not answer, CONT lets it go on.
    pub(crate) fn signal(&self, name: &str) {
        self.process.signal(name);
    }

    /// Waits until something has arrived that it has not read, because it was stopped.
    pub(crate) fn was_asked(&self) {
        let (_, port) = self.url.rsplit_once(':').unwrap();
        let port = port.parse().unwrap();
        wait_until("the emulator was asked", || has_unread("tcp", port));
    }

    /// Sends it a request, as the owner of its machines would.
    pub(crate) fn send(&self, verb: &str, path: &str, body: &Value) -> Reply {
        let (_, address) = self.url.split_once("://").unwrap();
        let client = Client { address: address.to_owned() };
        let headers = [("Authorization", AUTHORIZATION), ("Content-Type", "application/json")];
        client.send_with(verb, path, &headers, &body.to_string())
    }

    /// What it was asked until now, and answered, such as `GET /redfish/v1/ 200`.
    pub(crate) fn requests(&self) -> Vec<String> {
        let last = format!("/redfish/{}", Uuid::new_v4());
        self.send("GET", &last, &Value::Null);
        let mut requests = self.requests_until(&last);
        requests.retain(|request| !request.contains(&last));
        requests
    }

    /// The same, once there is a request with this text. It writes each before it answers, and so
    /// before what is asked after the answer.
    pub(crate) fn requests_until(&self, last: &str) -> Vec<String> {
        self.process.stderr.wait(last, |log, _| {
            let log = String::from_utf8_lossy(log);
            let requests: Vec<_> = log.lines().filter_map(request).collect();
            requests.iter().any(|request| request.contains(last)).then_some(requests)
        })
    }
}

/// The request in a line of the log, such as `127.0.0.1 - - [..] "GET / HTTP/1.1" 200 -`, where
/// the request may have colours.
fn request(line: &str) -> Option<String> {
    let (_, line) = line.split_once("] \"")?;
    let (request, answer) = line.split_once("\" ")?;
    let (request, _) = request.split_once(" HTTP/")?;
    let verb = request.find(|c: char| c.is_ascii_uppercase())?;
    let status = answer.split(' ').next()?;
    Some(format!("{} {status}", &request[verb..]))
}

/// Port 0 takes a free one.
fn config(directory: &Path, passwords: &Path, systems: usize) -> String {
    let machine = |place| json!({"uuid": system(place), "name": format!("machine-{place}"), "power_state": "Off", "nics": []});
    let machines: Vec<_> = (0..systems).map(machine).collect();
    format!(
        "SUSHY_EMULATOR_LISTEN_IP = '127.0.0.1'\n\
         SUSHY_EMULATOR_LISTEN_PORT = 0\n\
         SUSHY_EMULATOR_STATE_DIR = {}\n\
         SUSHY_EMULATOR_AUTH_FILE = {}\n\
         SUSHY_EMULATOR_FAKE_SYSTEMS = {}\n",
        json!(directory),
        json!(passwords),
        json!(machines),
    )
}
