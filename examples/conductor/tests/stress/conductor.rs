//! The program with as many nodes as a test wants.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use tokio::time::timeout;

use crate::client::{Answers, Call, all, answered, request};
use crate::support::program::{Program, file};

/// How many files the program may have open: a thousand connections are more than the usual 1024.
const FILES: u64 = 4096;

/// Longer than any call that is waited for.
const NEVER_FREE: Duration = Duration::from_secs(20);

/// A conductor, and what it logs.
pub(crate) struct Conductor {
    program: Program,
    nodes: usize,
    log: PathBuf,
    pid: PathBuf,
}

/// The UUID of a node.
pub(crate) fn uuid(node: usize) -> String {
    format!("00000000-0000-4000-8000-{node:012}")
}

/// How many files this process may have open, and how many at most after `ulimit -n`.
fn files() -> (u64, u64) {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
    let files = limits.lines().find_map(|line| line.strip_prefix("Max open files")).unwrap();
    let mut files = files.split_whitespace().map(|limit| limit.parse().unwrap_or(u64::MAX));
    (files.next().unwrap(), files.next().unwrap())
}

/// Fails where this process cannot have a thousand connections.
#[track_caller]
pub(crate) fn many_files_are_allowed() {
    let (files_now, _) = files();
    assert!(files_now >= 1500, "only {files_now} files may be open: run `ulimit -n {FILES}` first");
}

impl Conductor {
    pub(crate) fn start(nodes: usize) -> Self {
        let (_, most) = files();
        assert!(most >= FILES, "only {most} files may ever be open: `ulimit -n {FILES}` must work");
        let entry =
            |node| format!("[[nodes]]\nuuid = \"{}\"\ndriver = \"fake-hardware\"\n", uuid(node));
        let text: String = (0..nodes).map(entry).collect();
        let options = file("stress.toml", &text);
        let (log, pid) = (file("stress.log", ""), file("stress.pid", ""));
        // Its log goes to a file: nobody would empty the pipe in time.
        let start =
            format!("ulimit -n {FILES} && echo $$ >\"$PID\" && exec \"$0\" \"$@\" 2>\"$LOG\"");
        let mut command = Command::new("sh");
        command.args(["-c", &start, env!("CARGO_BIN_EXE_conductor"), "--nodes"]).arg(options);
        command.env("LOG", &log).env("PID", &pid).env_remove("RUST_LOG");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Self { program: Program::spawn(command), nodes, log, pid }
    }

    pub(crate) fn address(&self) -> &str {
        &self.program.address
    }

    /// Its process id.
    pub(crate) fn pid(&self) -> String {
        std::fs::read_to_string(&self.pid).unwrap().trim().to_owned()
    }

    /// Calls, so many at once, and waits for all answers.
    pub(crate) async fn all(
        &self,
        at_once: usize,
        calls: impl IntoIterator<Item = Call>,
    ) -> Answers {
        all(self.address(), at_once, calls).await
    }

    /// Who holds a node.
    pub(crate) async fn reservation(&self, node: usize) -> Value {
        let request = request(self.address(), "GET", &format!("/v1/nodes/{}", uuid(node)), "");
        answered(self.address(), &request).await.json()["reservation"].clone()
    }

    /// Waits until nobody holds any node.
    pub(crate) async fn all_free(&self) {
        for node in 0..self.nodes {
            let free = async { while !self.reservation(node).await.is_null() {} };
            timeout(NEVER_FREE, free).await.unwrap_or_else(|_| panic!("node {node} is never free"));
        }
    }

    /// What it has logged.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    pub(crate) fn signal(&self, name: &str) {
        self.program.signal(name);
    }

    /// Stops the program, which must have lost nothing and run all the time.
    pub(crate) fn stop(mut self) {
        self.signal("TERM");
        let ended = self.program.ended();
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert!(ended.stdout.ends_with("interrupted 0\n"), "{ended:?}");
        assert!(!self.log().contains("panicked"), "{}", self.log());
    }
}
