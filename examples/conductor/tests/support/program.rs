//! The program as a child process.

use std::ops::Deref;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::client::Client;
use super::process::{Ended, Process};

/// The conductor, running; killed with the test. It is called as any server is.
pub(crate) struct Program {
    pub(crate) process: Process,
    client: Client,
}

/// The program with these options, not started.
pub(crate) fn command(options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_conductor"));
    command.args(options).env_remove("RUST_LOG").stdin(Stdio::null());
    command
}

/// What becomes of a program that cannot start.
pub(crate) fn cannot_start(options: &[&str]) -> Ended {
    ended(command(options))
}

/// The end of a program that ends by itself.
pub(crate) fn ended(command: Command) -> Ended {
    Process::spawn(command).ended()
}

/// A file for this test, with this text.
pub(crate) fn file(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path
}

impl Program {
    /// Starts the program on a free port.
    pub(crate) fn start(options: &[&str]) -> Self {
        Self::spawn(command(options))
    }

    pub(crate) fn spawn(mut command: Command) -> Self {
        command.args(["--listen", "127.0.0.1:0"]);
        let mut process = Process::spawn(command);
        let welcome = process.stdout.line();
        let (_, address) = welcome.split_once("http://").unwrap();
        let (address, _) = address.split_once(',').unwrap();
        Self { process, client: Client { address: address.to_owned() } }
    }

    /// The next line that the program prints.
    pub(crate) fn line(&mut self) -> String {
        self.process.stdout.line()
    }

    /// Waits for a line with this text in the log.
    #[track_caller]
    pub(crate) fn logged(&mut self, text: &str) -> String {
        self.process.stderr.line_with(text)
    }

    pub(crate) fn signal(&self, name: &str) {
        self.process.signal(name);
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.process.is_running()
    }

    /// Waits for the end.
    pub(crate) fn ended(&mut self) -> Ended {
        self.process.ended()
    }
}

impl Deref for Program {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}
