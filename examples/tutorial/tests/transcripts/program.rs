//! A program that runs beside a test, and ends with it.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;

/// What every step prints when it can be called.
const LISTENING: &str = "listening on ";

/// A child process; killed with the test.
pub(crate) struct Process {
    child: Child,
    stdout: Option<BufReader<ChildStdout>>,
}

/// The program of a step, which can be called.
pub(crate) struct Program {
    _process: Process,
    /// What the transcript says, and what it is here.
    pub(crate) replaced: Vec<(&'static str, String)>,
}

impl Process {
    pub(crate) fn spawn(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let stdout = child.stdout.take().map(BufReader::new);
        Self { child, stdout }
    }

    /// Waits for the first line for which this finds something; `None` at the end of them all.
    pub(crate) fn wait<T>(&mut self, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        let mut lines = self.stdout.as_mut().unwrap().lines().map_while(Result::ok);
        let found = lines.find_map(|line| find(&line));
        self.drain();
        found
    }

    /// Reads what else it prints, so that it never waits for a reader.
    fn drain(&mut self) {
        let rest = self.stdout.take();
        thread::spawn(move || rest.map(|mut rest| rest.read_to_end(&mut Vec::new())));
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    /// Starts it on a free port of this machine alone.
    pub(crate) fn start(program: &str, arguments: &[&str]) -> Self {
        let mut command = Command::new(program);
        let mut process = Process::spawn(command.arg("127.0.0.1:0").args(arguments));
        let address = process.wait(|line| line.strip_prefix(LISTENING).map(str::to_owned));
        let Some(address) = address else { panic!("{program} ended before it listened") };
        let replaced = vec![("127.0.0.1:6385", address)];
        Self { _process: process, replaced }
    }
}
