//! CPU time of a server per request and latency of its clients, ours against the hand-written
//! handler, in pairs that follow each other in one run.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "its figures are for people")]

mod load;
mod server;

use std::process::ExitCode;

use tokio::runtime::Builder;

use crate::Result;
use load::{Burst, Load};
use server::Server;

const CONNECTIONS: [usize; 3] = [1, 32, 256];
/// Of bursts; an even number, because every second one is the other way round.
const PAIRS: usize = 12;
/// In one burst.
const REQUESTS: usize = 6400;

/// Prints the table, or serves: `{server} {log or no-log}`.
#[must_use]
pub fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.as_slice() {
        [] => tables(),
        [server, log] => server::serve(server, log),
        _ => Err("without arguments: prints what a request costs over loopback".into()),
    };
    if let Err(failure) = done {
        eprintln!("{failure}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn tables() -> Result<()> {
    println!(
        "| connections | log | CPU us by hand | ours | ratio | p99 us by hand | ours | ratio |"
    );
    println!("|---:|---|---:|---:|---:|---:|---:|---:|");
    // One thread: the other core is the server's.
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let floor = Server::start("hyper", "no-log")?;
    for log in ["no-log", "log"] {
        // Where there is a log, the handler's line stands in a span as ours does.
        let by_hand = if log == "log" { "axum-span" } else { "axum-handler" };
        let by_hand = Server::start(by_hand, log)?;
        let ours = Server::start("router", log)?;
        for connections in CONNECTIONS {
            let load = |server| runtime.block_on(Load::of(server, connections));
            let [mut by_hand, mut ours] = [load(&by_hand)?, load(&ours)?];
            let mut pairs = Vec::new();
            let burst = |load: &mut Load<'_>| runtime.block_on(load.burst(REQUESTS));
            // What a server does once, such as growing its buffers, is in no pair.
            burst(&mut by_hand)?;
            burst(&mut ours)?;
            for _ in 0..PAIRS / 2 {
                pairs.push((burst(&mut by_hand)?, burst(&mut ours)?));
                let ours = burst(&mut ours)?;
                pairs.push((burst(&mut by_hand)?, ours));
            }
            print(connections, log, &pairs);
        }
    }
    for connections in CONNECTIONS {
        let mut load = runtime.block_on(Load::of(&floor, connections))?;
        let bursts = (0..PAIRS / 2).map(|_| runtime.block_on(load.burst(REQUESTS)));
        let bursts = bursts.collect::<Result<Vec<_>>>()?;
        let cpu = median(bursts.iter().map(|burst| burst.cpu_micros));
        let p99 = median(bursts.iter().map(|burst| burst.p99_micros));
        println!("bare hyper, {connections} connections: {cpu:.1} us of CPU, p99 {p99:.0} us");
    }
    Ok(())
}

/// Medians over the pairs.
fn print(connections: usize, log: &str, pairs: &[(Burst, Burst)]) {
    let cells = |measure: fn(&Burst) -> f64| {
        let by_hand = median(pairs.iter().map(|(by_hand, _)| measure(by_hand)));
        let ours = median(pairs.iter().map(|(_, ours)| measure(ours)));
        let ratio = median(pairs.iter().map(|(by_hand, ours)| measure(ours) / measure(by_hand)));
        format!("{by_hand:.1} | {ours:.1} | {ratio:.2}")
    };
    let (cpu, p99) = (cells(|burst| burst.cpu_micros), cells(|burst| burst.p99_micros));
    println!("| {connections} | {log} | {cpu} | {p99} |");
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let of_upper_half = values.len() / 2;
    let of_lower_half = values.len().saturating_sub(1) / 2;
    let value = |at| values.get(at).copied().unwrap_or(f64::NAN);
    f64::midpoint(value(of_lower_half), value(of_upper_half))
}
