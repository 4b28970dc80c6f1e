//! The probe: whether the program answers a small question at once, whatever else it does.
//!
//! The machine is not only ours. Beside each question the probe measures an echo inside of this
//! process, as long as the question is out; an answer that is late while the echo is late too
//! says nothing about the program. Nor does one that is a little late while other processes use
//! the machine.

use std::cell::Cell;
use std::fmt;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::Builder;
use tokio::sync::oneshot::{self, Receiver, Sender};
use tokio::time::{Instant, MissedTickBehavior, interval};

use crate::client::{answered, percentile, request};
use crate::conductor::Conductor;

const EVERY: Duration = Duration::from_millis(20);
/// An answer that takes longer is late; of a program that is not optimized, only what takes longer
/// than 200 calls at once keep both cores of a small machine.
const LATE: Duration = Duration::from_millis(if cfg!(debug_assertions) { 200 } else { 50 });
/// The same on a machine that others use: anything but their processor time is still noticed.
const LATE_AMONG_OTHERS: Duration = Duration::from_millis(500);
/// An echo that takes longer excuses an answer that is late.
const NOISE: Duration = Duration::from_millis(25);
/// Others use the machine when they take more than this of its processor time,
const OTHERS: f64 = 0.1;
/// while so many questions are asked. The kernel counts too coarsely to look at one alone.
const WHILE: usize = 10;

/// Asks for `/` until it is ended.
pub(crate) struct Probe {
    stop: Sender<()>,
    thread: JoinHandle<Figures>,
}

/// How long an answer took, the slowest echo meanwhile, and the part of the machine that others
/// used at that time.
#[derive(Clone, Copy, Debug)]
struct Moment {
    answer: Duration,
    echo: Duration,
    others: f64,
}

/// How long the answers took, and the part of the machine that others used.
pub(crate) struct Figures {
    moments: Vec<Moment>,
    others: f64,
}

/// Processor time since the machine was started, in whatever unit the kernel counts.
#[derive(Clone, Copy)]
struct Usage {
    all: f64,
    others: f64,
}

impl Probe {
    /// Begins, in a thread of its own that the load does not keep waiting.
    pub(crate) fn start(conductor: &Conductor) -> Self {
        let (address, pid) = (conductor.address().to_owned(), conductor.pid());
        let (stop, stopped) = oneshot::channel();
        let thread = thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(ask(&address, &pid, stopped))
        });
        Self { stop, thread }
    }

    /// Ends. Fails where an answer was late and the machine was not.
    #[track_caller]
    pub(crate) fn end(self) -> Figures {
        // A probe that has failed says why when it is joined.
        let _ = self.stop.send(());
        let figures = self.thread.join().unwrap();
        let quiet = figures.moments.iter().filter(|moment| moment.echo < NOISE);
        let late: Vec<_> = quiet.clone().filter(|moment| moment.is_late()).collect();
        assert!(late.is_empty(), "{figures}: {late:?}");
        assert!(quiet.count() * 2 > figures.moments.len(), "too noisy to measure: {figures}");
        figures
    }
}

impl Usage {
    /// Of everybody, and of others than this process and the one with this id.
    fn until_now(pid: &str) -> Self {
        let stat = std::fs::read_to_string("/proc/stat").unwrap();
        let times = stat.lines().next().unwrap().split_whitespace().skip(1);
        let times: Vec<f64> = times.map(|time| time.parse().unwrap()).collect();
        let [user, nice, system, idle, io, interrupts, soft, stolen, ..] = times[..] else {
            panic!("{stat}")
        };
        let busy = user + nice + system + stolen;
        let others = busy - used("self") - used(pid);
        Self { all: busy + idle + io + interrupts + soft, others }
    }

    /// The part of all processor time that others took.
    fn others_since(self, before: Self) -> f64 {
        (self.others - before.others).max(0.0) / (self.all - before.all).max(1.0)
    }
}

/// The processor time of a process.
fn used(pid: &str) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    // Its name comes first, in parentheses, and may have spaces inside.
    let (_, fields) = stat.rsplit_once(") ").unwrap();
    fields.split(' ').skip(11).take(2).map(|time| time.parse::<f64>().unwrap()).sum()
}

async fn ask(address: &str, pid: &str, mut stopped: Receiver<()>) -> Figures {
    let mut echo = echo().await;
    let mut next = interval(EVERY);
    next.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut moments, mut usages) = (Vec::new(), vec![Usage::until_now(pid)]);
    while stopped.try_recv().is_err() {
        next.tick().await;
        let (answer, echo) = moment(address, &mut echo).await;
        let now = Usage::until_now(pid);
        let others = now.others_since(usages[usages.len().saturating_sub(WHILE)]);
        moments.push(Moment { answer, echo, others });
        usages.push(now);
    }
    Figures { moments, others: usages[usages.len() - 1].others_since(usages[0]) }
}

/// How long an answer takes, and the slowest echo meanwhile.
async fn moment(address: &str, echo: &mut TcpStream) -> (Duration, Duration) {
    let answered_yet = Cell::new(false);
    let answer = async {
        let asked = Instant::now();
        let reply = answered(address, &request(address, "GET", "/", "")).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        answered_yet.set(true);
        asked.elapsed()
    };
    let echo = async {
        let mut slowest = Duration::ZERO;
        let mut next = interval(Duration::from_millis(2));
        while !answered_yet.get() {
            next.tick().await;
            let asked = Instant::now();
            echo.write_all(b"?").await.unwrap();
            echo.read_u8().await.unwrap();
            slowest = slowest.max(asked.elapsed());
        }
        slowest
    };
    tokio::join!(answer, echo)
}

/// A connection to a thread that sends back each byte, until the connection ends.
async fn echo() -> TcpStream {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.set_nodelay(true).unwrap();
        let mut byte = [0];
        while stream.read_exact(&mut byte).is_ok() && stream.write_all(&byte).is_ok() {}
    });
    let stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    stream
}

impl Moment {
    fn is_late(&self) -> bool {
        self.answer > if self.others > OTHERS { LATE_AMONG_OTHERS } else { LATE }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut answers: Vec<_> = self.moments.iter().map(|moment| moment.answer).collect();
        answers.sort_unstable();
        let [most, max] = [99, 100].map(|percent| percentile(&answers, percent));
        let (count, late) = (answers.len(), answers.iter().filter(|took| **took > LATE).count());
        let others = self.others * 100.0;
        write!(f, "{count} probes, 99 % within {most:.1?}, all within {max:.1?}, {late} late")?;
        write!(f, ", others used {others:.0} % of the machine")
    }
}
