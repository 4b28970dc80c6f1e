//! The program as a child process, and a client for it: small, so that nothing lies between a
//! test and the bytes on the wire.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

use serde_json::Value;

/// The version header of a client of Ironic 39.
pub(crate) const NEWEST: (&str, &str) = ("X-OpenStack-Ironic-API-Version", "1.115");

/// The conductor, running; killed with the test.
pub(crate) struct Program {
    child: Child,
    stdout: BufReader<ChildStdout>,
    stderr: BufReader<ChildStderr>,
    /// `host:port`, as it printed them.
    pub(crate) address: String,
}

/// How a program ended, and what it wrote that nobody had read.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// By their names in small letters.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

/// The program with these options, not started.
pub(crate) fn command(options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_conductor"));
    command.args(options).env_remove("RUST_LOG");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What becomes of a program that cannot start.
pub(crate) fn cannot_start(options: &[&str]) -> Ended {
    ended(command(options))
}

/// The end of a program that ends by itself.
pub(crate) fn ended(mut command: Command) -> Ended {
    let output = command.output().unwrap();
    Ended {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
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
        let mut child = command.args(["--listen", "127.0.0.1:0"]).spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let mut program = Self { child, stdout, stderr, address: String::new() };
        let welcome = program.line();
        let (_, address) = welcome.split_once("http://").unwrap();
        let (address, _) = address.split_once(',').unwrap();
        address.clone_into(&mut program.address);
        program
    }

    /// The next line that the program prints.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        line
    }

    /// Waits for a line with this text in the log.
    pub(crate) fn logged(&mut self, text: &str) -> String {
        let mut line = String::new();
        while !line.contains(text) {
            line.clear();
            assert_ne!(self.stderr.read_line(&mut line).unwrap(), 0, "{text:?} was never logged");
        }
        line
    }

    pub(crate) fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Waits for the end.
    pub(crate) fn ended(&mut self) -> Ended {
        let (mut stdout, mut stderr) = (String::new(), String::new());
        self.stdout.read_to_string(&mut stdout).unwrap();
        self.stderr.read_to_string(&mut stderr).unwrap();
        Ended { code: self.child.wait().unwrap().code(), stdout, stderr }
    }

    /// Sends a request under the newest version.
    pub(crate) fn send(&self, verb: &str, path: &str, body: &str) -> Reply {
        self.send_with(verb, path, &[NEWEST], body)
    }

    /// Sends a request with these headers.
    pub(crate) fn send_with(
        &self,
        verb: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Reply {
        Reply::read(self.begin(verb, path, headers, body))
    }

    /// Sends a request, and leaves its answer for later. `Host` is the program's address unless
    /// it is among the headers.
    pub(crate) fn begin(
        &self,
        verb: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> TcpStream {
        let host = ("Host", self.address.as_str());
        let own_host = headers.iter().all(|(name, _)| *name != "Host").then_some(host);
        let headers: String = own_host.iter().chain(headers).map(line).collect();
        let length = body.len();
        let request = format!(
            "{verb} {path} HTTP/1.1\r\n{headers}Connection: close\r\n\
             Content-Length: {length}\r\n\r\n{body}"
        );
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// The JSON of a page.
    pub(crate) fn page(&self, path: &str) -> Value {
        let reply = self.send("GET", path, "");
        assert_eq!(reply.status, 200, "{path} {reply:?}");
        reply.json()
    }
}

fn line((name, value): &(&str, &str)) -> String {
    format!("{name}: {value}\r\n")
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Reply {
    /// The whole answer; the server closes the connection after it.
    pub(crate) fn read(mut stream: TcpStream) -> Self {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let mut head = head.split("\r\n");
        let status = head.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = head.map(|line| line.split_once(": ").unwrap());
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        Self { status, headers: headers.collect(), body: body.to_owned() }
    }

    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/json");
        serde_json::from_str(&self.body).unwrap()
    }

    /// What is in Ironic's envelope of an error.
    pub(crate) fn error(&self) -> Value {
        serde_json::from_str(self.json()["error_message"].as_str().unwrap()).unwrap()
    }

    /// A header; empty where it is absent.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}
