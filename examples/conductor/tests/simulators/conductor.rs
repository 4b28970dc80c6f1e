//! The conductor with nodes of the test's own: calls of vendor methods, and what became of them.

use std::net::TcpStream;
use std::ops::{Deref, DerefMut};

use serde_json::{Value, json};
use vendor_passthru::Uuid;

use crate::directory::Directory;
use crate::support::client::{NEWEST, Reply};
use crate::support::program::{Program, command};
use crate::wait::wait_until;

/// The program, running, and the file with its nodes.
pub(crate) struct Conductor {
    program: Program,
    _directory: Directory,
}

/// A node as the file has it.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    uuid: Uuid,
    driver: &'static str,
    driver_info: Value,
}

/// What is known of a call and its node when it has ended.
#[derive(Debug)]
pub(crate) struct After {
    /// The line that the call's end left in the log.
    pub(crate) log: String,
    pub(crate) last_error: Value,
}

impl Node {
    pub(crate) fn new(driver: &'static str, driver_info: Value) -> Self {
        Self { uuid: Uuid::new_v4(), driver, driver_info }
    }

    /// The same with another value in its `driver_info`.
    pub(crate) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.driver_info[key] = value.into();
        self
    }

    /// Another node with the same BMC.
    pub(crate) fn another(self) -> Self {
        Self { uuid: Uuid::new_v4(), ..self }
    }

    pub(crate) fn page(&self) -> String {
        format!("/v1/nodes/{}", self.uuid)
    }

    /// The path of a method, as the `baremetal` command calls it.
    pub(crate) fn path(&self, method: &str) -> String {
        format!("/v1/nodes/{}/vendor_passthru/{method}", self.uuid)
    }

    fn entry(&self) -> Value {
        json!({"uuid": self.uuid, "driver": self.driver, "driver_info": self.driver_info})
    }
}

impl Conductor {
    pub(crate) fn start(nodes: &[&Node]) -> Self {
        Self::start_with(&[], nodes)
    }

    /// With options, and a log of everything.
    pub(crate) fn start_with(options: &[&str], nodes: &[&Node]) -> Self {
        let entries: Vec<_> = nodes.iter().map(|node| node.entry()).collect();
        let directory = Directory::new();
        let file = directory.file("nodes.json", &json!({"nodes": entries}).to_string());
        let mut command = command(options);
        command.arg("--nodes").arg(file).env("RUST_LOG", "trace");
        Self { program: Program::spawn(command), _directory: directory }
    }

    /// Calls a method.
    pub(crate) fn call(&self, node: &Node, verb: &str, method: &str, arguments: &Value) -> Reply {
        self.send(verb, &node.path(method), &arguments.to_string())
    }

    /// Calls a method and leaves the answer for later; on return the call holds its node.
    pub(crate) fn begin_call(
        &self,
        node: &Node,
        verb: &str,
        method: &str,
        arguments: &Value,
    ) -> TcpStream {
        let call = self.begin(verb, &node.path(method), &[NEWEST], &arguments.to_string());
        wait_until("the node is held", || !self.reservation(node).is_null());
        call
    }

    /// Waits for the end of a call that was answered so, and until its node is free again.
    #[track_caller]
    pub(crate) fn after(&self, node: &Node, reply: &Reply) -> After {
        let call = format!("request_id=\"{}\"", reply.header("openstack-request-id"));
        let is_end = |line: &str| {
            let ends = ["call succeeded", "call failed", "call refused"];
            line.contains(&call) && ends.iter().any(|end| line.contains(end))
        };
        let log = self.process.stderr.wait("the end of a call", |log, _| {
            let log = String::from_utf8_lossy(log);
            // The last line may not be whole yet.
            let mut lines = log.split_inclusive('\n').filter(|line| line.ends_with('\n'));
            lines.find(|line| is_end(line)).map(str::to_owned)
        });
        wait_until("the node is free", || self.reservation(node).is_null());
        After { log, last_error: self.page(&node.page())["last_error"].clone() }
    }

    /// The call succeeded, and its node is free and without an error.
    #[track_caller]
    pub(crate) fn succeeded(&self, node: &Node, reply: &Reply) {
        assert!([200, 202].contains(&reply.status), "{reply:?}");
        let After { log, last_error } = self.after(node, reply);
        assert!(log.ends_with("call succeeded\n"), "{log}");
        assert_eq!(last_error, Value::Null);
    }

    /// The call was answered with this error, and its node is free. What its caller has heard is
    /// not recorded.
    #[track_caller]
    pub(crate) fn failed(&self, node: &Node, reply: &Reply, status: u16, says: &str) {
        assert_eq!(reply.status, status, "{reply:?}");
        let fault = reply.error()["faultstring"].as_str().unwrap().to_owned();
        assert!(fault.contains(says), "{fault}");
        let After { log, last_error } = self.after(node, reply);
        assert!(log.contains(says), "{log}");
        assert_eq!(last_error, Value::Null);
    }

    /// The asynchronous call failed later, its node is free, and tells why.
    #[track_caller]
    pub(crate) fn failed_later(&self, node: &Node, method: &str, reply: &Reply, says: &str) {
        assert_eq!((reply.status, reply.body.as_str()), (202, ""), "{reply:?}");
        let After { log, last_error } = self.after(node, reply);
        assert!(log.contains("call failed") && log.contains(says), "{log}");
        let last_error = last_error.as_str().unwrap();
        let begins = format!("vendor method `{method}` failed at ");
        assert!(last_error.starts_with(&begins) && last_error.contains(says), "{last_error}");
        assert!(last_error.contains(reply.header("openstack-request-id")), "{last_error}");
    }

    pub(crate) fn reservation(&self, node: &Node) -> Value {
        self.page(&node.page())["reservation"].clone()
    }

    /// All that it has written.
    pub(crate) fn output(&self) -> String {
        self.process.stdout.so_far() + &self.process.stderr.so_far()
    }
}

impl Deref for Conductor {
    type Target = Program;

    fn deref(&self) -> &Program {
        &self.program
    }
}

impl DerefMut for Conductor {
    fn deref_mut(&mut self) -> &mut Program {
        &mut self.program
    }
}
