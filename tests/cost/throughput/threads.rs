//! Calls of two threads on different nodes against those of one.

use std::sync::Barrier;
use std::time::{Duration, Instant};
use std::{hint, thread};

use rustix::time::{ClockId, clock_gettime};
use tokio::runtime::Builder;
use vendor_passthru::prelude::*;
use vendor_passthru::{Bytes, Dispatcher, MemoryStore, Registry, Uuid};

use crate::{Failure, median};

const ROUNDS: usize = 15;
const SLICE: Duration = Duration::from_millis(100);
const NODES_OF_EACH: u128 = 500;

/// So many threads at work for a slice of time; how often they did it.
type Work = fn([&Dispatcher; 2], usize) -> Result<u64, Failure>;

const WORKS: [(&str, Work); 5] = [
    ("a loop that shares nothing: what can be reached", counting),
    ("shared calls, a dispatcher for each thread", |both, threads| calling(both, threads, "read")),
    ("shared calls, one dispatcher", |[one, _], threads| calling([one; 2], threads, "read")),
    ("exclusive calls, one dispatcher", |[one, _], threads| calling([one; 2], threads, "write")),
    ("shared calls, one dispatcher, one runtime", |[one, _], threads| on_one_runtime(one, threads)),
];

/// How often in a second.
struct Rate {
    /// Of the clock on the wall.
    by_wall: f64,
    /// Of the CPU time of each thread: as if no other program took any.
    by_cpu: f64,
}

pub(crate) fn print() -> Result<(), Failure> {
    let (one, other) = (dispatcher()?, dispatcher()?);
    let both = [&one, &other];
    let mut ratios: [Vec<Rate>; WORKS.len()] = Default::default();
    let mut calls: [Vec<f64>; WORKS.len()] = Default::default();
    for _ in 0..ROUNDS {
        for (((_, work), ratios), calls) in WORKS.iter().zip(&mut ratios).zip(&mut calls) {
            let (one, two) = (rate(*work, both, 1)?, rate(*work, both, 2)?);
            ratios
                .push(Rate { by_wall: two.by_wall / one.by_wall, by_cpu: two.by_cpu / one.by_cpu });
            calls.push(one.by_cpu);
        }
    }
    println!("Two threads to one, the median and the best of {ROUNDS} rounds:\n");
    println!("{:<50}{:>14}{:>14}{:>14}", "", "by CPU time", "by the clock", "1,000/s of 1");
    for (((name, _), ratios), calls) in WORKS.iter().zip(ratios).zip(calls) {
        let (by_wall, by_cpu): (Vec<f64>, Vec<f64>) =
            ratios.into_iter().map(|ratio| (ratio.by_wall, ratio.by_cpu)).unzip();
        let (wall, cpu) = (spread(by_wall), spread(by_cpu));
        println!("{name:<50}{cpu:>14}{wall:>14}{:>14.0}", median(calls) / 1000.0);
    }
    Ok(())
}

fn spread(ratios: Vec<f64>) -> String {
    let best = ratios.iter().copied().fold(f64::NAN, f64::max);
    format!("{:.2} ({best:.2})", median(ratios))
}

fn rate(work: Work, dispatchers: [&Dispatcher; 2], threads: usize) -> Result<Rate, Failure> {
    let (wall, cpu) = (Instant::now(), cpu_time());
    let times = work(dispatchers, threads)? as f64;
    let (wall, cpu) = (wall.elapsed(), cpu_time().saturating_sub(cpu));
    Ok(Rate {
        by_wall: times / wall.as_secs_f64(),
        by_cpu: times * threads as f64 / cpu.as_secs_f64(),
    })
}

/// That of the whole program.
fn cpu_time() -> Duration {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), now.tv_nsec.try_into().unwrap_or_default())
}

/// What nothing but the machine could slow down.
fn counting(_: [&Dispatcher; 2], threads: usize) -> Result<u64, Failure> {
    on_threads(threads, |_| {
        let mut times = 0;
        let begin = Instant::now();
        while begin.elapsed() < SLICE {
            for number in 0..10_000_u64 {
                hint::black_box(number);
            }
            times += 1;
        }
        Ok(times)
    })
}

/// Each thread with a runtime of its own.
fn calling([one, other]: [&Dispatcher; 2], threads: usize, method: &str) -> Result<u64, Failure> {
    on_threads(threads, |thread| {
        let runtime = Builder::new_current_thread().enable_time().build()?;
        let dispatcher = if thread == 0 { one } else { other };
        Ok(runtime.block_on(calls(dispatcher, thread, method))?)
    })
}

/// So many workers of one runtime.
fn on_one_runtime(dispatcher: &Dispatcher, threads: usize) -> Result<u64, Failure> {
    let runtime = Builder::new_multi_thread().worker_threads(threads).enable_time().build()?;
    let callers: Vec<_> = (0..threads)
        .map(|thread| {
            let dispatcher = dispatcher.clone();
            runtime.spawn(async move { calls(&dispatcher, thread, "read").await })
        })
        .collect();
    let mut times = 0;
    for caller in callers {
        times += runtime.block_on(caller)??;
    }
    Ok(times)
}

fn on_threads(
    threads: usize,
    work: impl Fn(usize) -> Result<u64, Failure> + Sync,
) -> Result<u64, Failure> {
    let (barrier, work) = (Barrier::new(threads), &work);
    thread::scope(|scope| {
        let barrier = &barrier;
        let run = |number| {
            scope.spawn(move || {
                barrier.wait();
                work(number).map_err(|failure| failure.to_string())
            })
        };
        let running: Vec<_> = (0..threads).map(run).collect();
        let mut times = 0;
        for thread in running {
            times += thread.join().map_err(|_| "a thread panicked")??;
        }
        Ok(times)
    })
}

/// Calls until the slice of time is over, on nodes that no other thread calls.
async fn calls(dispatcher: &Dispatcher, thread: usize, method: &str) -> Result<u64> {
    let context = Context::new();
    let body = Bytes::from_static(br#"{"raw_bytes": "0x06 0x01"}"#);
    let mut times = 0;
    let begin = Instant::now();
    while begin.elapsed() < SLICE {
        for number in 0..NODES_OF_EACH {
            let (node, post, body) = (uuid(thread, number), HttpMethod::Post, body.clone());
            dispatcher.node_passthru(&context, node, method, post, body).await?;
            times += 1;
        }
    }
    Ok(times)
}

fn dispatcher() -> Result<Dispatcher, Failure> {
    let store = MemoryStore::new();
    for thread in 0..2 {
        for number in 0..NODES_OF_EACH {
            store.insert(Node::new(uuid(thread, number), "throughput"))?;
        }
    }
    let registry = Registry::builder().interface(Vendor).build()?;
    Ok(Dispatcher::builder(registry).nodes(store).build()?)
}

fn uuid(thread: usize, number: u128) -> Uuid {
    Uuid::from_u128(thread as u128 * NODES_OF_EACH + number)
}

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "throughput", drivers = ["throughput"])]
impl Vendor {
    #[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]
    async fn read(&self, _task: &Task<Shared>, raw_bytes: String) -> Result<bool> {
        Ok(!raw_bytes.is_empty())
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn write(&self, _task: &mut Task, raw_bytes: String) -> Result<bool> {
        Ok(!raw_bytes.is_empty())
    }
}
