//! A server in a process of its own, which ends with the one that started it.

use std::fs;
use std::io::{BufRead, BufReader, Read, stdin};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use tokio::runtime::Builder;

use crate::peers::{axum_handler, axum_span, hyper, router};
use crate::{Result, log, wire};

pub(super) struct Server {
    process: Child,
    pub(super) address: SocketAddr,
}

impl Server {
    pub(super) fn start(server: &str, log: &str) -> Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .args([server, log])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut address = String::new();
        let said = process.stdout.take().map(|said| BufReader::new(said).read_line(&mut address));
        // From here on it is ended whatever happens.
        let mut server = Self { process, address: ([127, 0, 0, 1], 0).into() };
        said.transpose()?;
        server.address = address.trim().parse()?;
        Ok(server)
    }

    /// The CPU time of all of its threads so far, in nanoseconds.
    pub(super) fn cpu_nanos(&self) -> Result<u64> {
        let mut nanos = 0;
        for thread in fs::read_dir(format!("/proc/{}/task", self.process.id()))? {
            let schedstat = fs::read_to_string(thread?.path().join("schedstat"))?;
            nanos += schedstat.split(' ').next().unwrap_or_default().parse::<u64>()?;
        }
        Ok(nanos)
    }
}

impl Drop for Server {
    /// Nothing can be done about one that has ended already.
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// Says its address and serves, on one thread, until standard input ends.
#[expect(clippy::print_stdout, reason = "that is where the client waits for the address")]
pub(super) fn serve(server: &str, log: &str) -> Result<()> {
    if log == "log" {
        log::start()?;
    }
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let address = runtime.block_on(async {
        match server {
            "axum-handler" => wire::serve(axum_handler::app()).await,
            "axum-span" => wire::serve(axum_span::app()).await,
            "router" => wire::serve(router::app()?).await,
            "hyper" => hyper::serve().await,
            unknown => Err(format!("no such server: {unknown}").into()),
        }
    })?;
    println!("{address}");
    stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
