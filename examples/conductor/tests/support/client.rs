//! A client of the program: small, so that nothing lies between a test and the bytes on the wire.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::Value;

/// The version header of a client of Ironic 39.
pub(crate) const NEWEST: (&str, &str) = ("X-OpenStack-Ironic-API-Version", "1.115");

/// Sends requests to one server.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    /// `host:port`.
    pub(crate) address: String,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// By their names in small letters.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Client {
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

    /// Sends a request, and leaves its answer for later. `Host` is the server's address unless
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
