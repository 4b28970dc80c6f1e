//! A conductor: the example drivers, nodes in memory, and Ironic's API for both on one port.
//! From start to end: read options and nodes, serve, and stop without losing a call.

mod drivers;
mod log;
mod nodes;
mod options;
mod pages;
mod signals;
mod welcome;

use std::error::Error;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use axum::Router;
use clap::Parser;
use tokio::net::{TcpListener, TcpSocket};
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use vendor_passthru::http::{self, AllowAll};
use vendor_passthru::{Dispatcher, Shutdown};

use self::options::Options;
use self::signals::Signals;

/// How long clients may take to read their last answers.
const FAREWELL: Duration = Duration::from_secs(5);

/// How long what still runs may take to be dropped.
const LAST_DROPS: Duration = Duration::from_secs(1);

/// How many connections may wait to be accepted. Of more than these, the kernel lets clients try
/// again after a second; `TcpListener::bind` would make it 128.
const BACKLOG: u32 = 1024;

type Result<T = (), E = Box<dyn Error>> = std::result::Result<T, E>;

fn main() -> ExitCode {
    let Err(error) = run(&Options::parse()) else { return ExitCode::SUCCESS };
    // Without an error output there is nobody to tell.
    let _ = writeln!(io::stderr(), "conductor: {error}");
    ExitCode::FAILURE
}

fn run(options: &Options) -> Result {
    log::start(options.log_format)?;
    let runtime = Runtime::new()?;
    let ended = runtime.block_on(conduct(options));
    // What is dropped may have to end a process. A driver's blocking method cannot be cancelled,
    // and must not keep this one.
    runtime.shutdown_timeout(LAST_DROPS);
    ended
}

async fn conduct(options: &Options) -> Result {
    let registry = drivers::registry(options)?;
    let nodes = nodes::load(options.nodes.as_deref(), &registry)?;
    let dispatcher = Dispatcher::builder(registry).nodes(nodes.clone());
    let dispatcher = dispatcher.workers(options.workers);
    let dispatcher =
        dispatcher.shutdown_limit(Duration::from_secs(options.shutdown_limit)).build()?;
    dispatcher.recover().await?;
    let mut signals = Signals::new()?;
    let (listener, address) = listen(&options.listen).await?;

    say(&welcome::text(address, &nodes.nodes()));
    let app = http::router(dispatcher.clone(), AllowAll).merge(pages::router(&dispatcher, nodes));
    let (stop, server) = serve(listener, app);
    signals.next().await;
    drop(stop);
    tokio::select! {
        shutdown = finish(&dispatcher, server) => {
            say(&farewell(shutdown));
            Ok(())
        }
        () = signals.next() => Err("stopped by a second signal, without waiting for calls".into()),
    }
}

async fn listen(address: &str) -> Result<(TcpListener, SocketAddr)> {
    let cannot = |error| format!("cannot listen on {address}: {error}");
    let listener = bind(address).await.map_err(cannot)?;
    let address = listener.local_addr()?;
    if !address.ip().is_loopback() {
        tracing::warn!(%address, "other machines can reach this address, and nobody is asked who they are");
    }
    Ok((listener, address))
}

/// Listens on the first address of that name that is free.
async fn bind(address: &str) -> io::Result<TcpListener> {
    let mut refused = io::Error::other("the name has no address");
    for address in tokio::net::lookup_host(address).await? {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        // A restart need not wait for connections of the previous start to be forgotten.
        #[cfg(unix)]
        socket.set_reuseaddr(true)?;
        match socket.bind(address).and_then(|()| socket.listen(BACKLOG)) {
            Ok(listener) => return Ok(listener),
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

/// Accepts connections until the sender is dropped, and answers what they have asked.
fn serve(listener: TcpListener, app: Router) -> (oneshot::Sender<()>, JoinHandle<io::Result<()>>) {
    let (stop, stopped) = oneshot::channel();
    let server = axum::serve(listener, app).with_graceful_shutdown(async {
        let _ = stopped.await;
    });
    (stop, tokio::spawn(server.into_future()))
}

/// Waits for the running calls, and then for their answers to be read.
async fn finish(dispatcher: &Dispatcher, server: JoinHandle<io::Result<()>>) -> Shutdown {
    let shutdown = dispatcher.shutdown().await;
    if tokio::time::timeout(FAREWELL, server).await.is_err() {
        tracing::warn!("a client left its connection open");
    }
    shutdown
}

fn farewell(shutdown: Shutdown) -> String {
    let Shutdown { finished, interrupted, stuck, .. } = shutdown;
    let stuck = if stuck == 0 { String::new() } else { format!(", stuck {stuck}") };
    format!("stopped: calls finished {finished}, interrupted {interrupted}{stuck}\n")
}

/// Tells whoever started the program; it runs just as well without.
fn say(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
