//! Instructions and allocations of one call, for every peer, counted by valgrind.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "its figures are for people")]

use std::process::ExitCode;

use tokio::runtime::Builder;

use crate::job::METHOD;
use crate::peer::make;
use crate::peers::dispatcher::{Kind, Ours};
use crate::peers::in_process::InProcess;
use crate::peers::jsonrpsee::Jsonrpsee;
use crate::peers::poem_openapi::PoemOpenapi;
use crate::peers::rmcp::Rmcp;
use crate::peers::table::Table;
use crate::peers::{axum_handler, axum_layer, axum_span, dropshot, floor, hyper, router};
use crate::valgrind::Cost;
use crate::wire::{Wire, serve};
use crate::{Result, log, same};

/// Peers that are called the same way. All are compared with the first.
struct Group {
    from: &'static str,
    /// What is no part of any of them.
    floor: Option<&'static str>,
    rows: &'static [Row],
}

/// A peer, and whether it comes once more with a log.
struct Row {
    peer: &'static str,
    logs: bool,
}

const LOG: &str = "log";
const NO_LOG: &str = "no-log";

const fn row(peer: &'static str) -> Row {
    Row { peer, logs: false }
}

const fn logs(peer: &'static str) -> Row {
    Row { peer, logs: true }
}

const GROUPS: [Group; 3] = [
    Group {
        from: "arguments",
        floor: None,
        rows: &[
            row("table"),
            row("rmcp"),
            row("jsonrpsee"),
            logs("dispatcher-shared"),
            logs("dispatcher-exclusive"),
            logs("dispatcher-driver"),
            logs("dispatcher-asynchronous"),
        ],
    },
    Group {
        from: "HTTP request",
        floor: None,
        rows: &[
            logs("axum-handler"),
            logs("axum-span"),
            logs("axum-layer"),
            row("poem-openapi"),
            logs("router-shared"),
            logs("router-exclusive"),
        ],
    },
    Group {
        from: "HTTP text over loopback, less the floor",
        floor: Some("floor"),
        rows: &[
            logs("axum-handler-loopback"),
            row("hyper-loopback"),
            row("dropshot-loopback"),
            logs("router-loopback"),
        ],
    },
];

/// Prints the tables, or makes the calls of one row: `{peer} {log or no-log} {times}`.
#[must_use]
pub fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.as_slice() {
        [] => tables(),
        [peer, log, times] => calls(peer, log, times),
        _ => Err("without arguments: prints what one call costs each peer".into()),
    };
    if let Err(failure) = done {
        eprintln!("{failure}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn tables() -> Result<()> {
    Builder::new_current_thread().enable_time().build()?.block_on(same::check())?;
    GROUPS.iter().try_for_each(table)
}

/// One row of a table.
struct Counted {
    peer: &'static str,
    log: &'static str,
    cost: Cost,
}

fn table(Group { from, floor, rows }: &Group) -> Result<()> {
    let floor = floor.map_or(Ok(Cost::default()), |peer| Cost::of(&[peer, NO_LOG]))?;
    let mut counted = Vec::new();
    for Row { peer, logs } in *rows {
        for log in if *logs { &[NO_LOG, LOG][..] } else { &[NO_LOG] } {
            counted.push(Counted { peer, log, cost: Cost::of(&[peer, log])?.less(&floor) });
        }
    }
    println!("\nfrom {from}\n");
    println!("| peer | log | instructions | to the first | with its log | allocations |");
    println!("|---|---|---:|---:|---:|---:|");
    let first = counted.first().map_or("", |first| first.peer);
    let of_first = |log| counted.iter().find(|row| row.peer == first && row.log == log);
    for Counted { peer, log, cost } in &counted {
        let ratio = |first: &Counted| format!("{:.2}", cost.ratio(&first.cost));
        let [plain, same] = [NO_LOG, log].map(|log| of_first(log).map(ratio).unwrap_or_default());
        let Cost { instructions, allocations } = cost;
        println!("| {peer} | {log} | {instructions} | {plain} | {same} | {allocations} |");
    }
    Ok(())
}

fn calls(peer: &str, log: &str, times: &str) -> Result<()> {
    if log == LOG {
        log::start()?;
    }
    let times = times.parse()?;
    match peer {
        "table" => make(async || Ok(Table::new()), times),
        "rmcp" => make(async || Ok(Rmcp::new()), times),
        "jsonrpsee" => make(async || Jsonrpsee::new(), times),
        "dispatcher-shared" => make(async || Ours::new(Kind::Shared), times),
        "dispatcher-exclusive" => make(async || Ours::new(Kind::Exclusive), times),
        "dispatcher-driver" => make(async || Ours::new(Kind::Driver), times),
        "dispatcher-asynchronous" => make(async || Ours::new(Kind::Asynchronous), times),
        "axum-handler" => make(async || Ok(InProcess::new(axum_handler::app(), METHOD)), times),
        "axum-span" => make(async || Ok(InProcess::new(axum_span::app(), METHOD)), times),
        "axum-layer" => make(async || Ok(InProcess::new(axum_layer::app(), METHOD)), times),
        "poem-openapi" => make(async || Ok(PoemOpenapi::new()), times),
        "router-shared" => make(async || Ok(InProcess::new(router::app()?, METHOD)), times),
        "router-exclusive" => {
            make(async || Ok(InProcess::new(router::app()?, Kind::Exclusive.method())), times)
        }
        "floor" => make(async || Wire::to(floor::serve().await?).await, times),
        "axum-handler-loopback" => {
            make(async || Wire::to(serve(axum_handler::app()).await?).await, times)
        }
        "hyper-loopback" => make(async || Wire::to(hyper::serve().await?).await, times),
        "dropshot-loopback" => make(async || Wire::to(dropshot::serve()?).await, times),
        "router-loopback" => make(async || Wire::to(serve(router::app()?).await?).await, times),
        unknown => Err(format!("no such peer: {unknown}").into()),
    }
}
