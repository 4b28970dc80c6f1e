//! The probe: whether the program answers a small question at once, whatever else it does.
//!
//! The machine is not only ours. Beside each question the probe measures an echo inside of this
//! process, as long as the question is out; an answer that is late while the echo is late too
//! says nothing about the program.

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
/// An answer that takes longer is late.
const LATE: Duration = Duration::from_millis(50);
/// An echo that takes longer excuses an answer that is late.
const NOISE: Duration = Duration::from_millis(25);

/// Asks for `/` until it is ended.
pub(crate) struct Probe {
    stop: Sender<()>,
    thread: JoinHandle<Vec<Moment>>,
}

/// How long an answer took, and the slowest echo meanwhile.
#[derive(Clone, Copy, Debug)]
struct Moment {
    answer: Duration,
    echo: Duration,
}

/// How long the answers took.
pub(crate) struct Figures(Vec<Moment>);

impl Probe {
    /// Begins, in a thread of its own that the load does not keep waiting.
    pub(crate) fn start(conductor: &Conductor) -> Self {
        let address = conductor.address().to_owned();
        let (stop, stopped) = oneshot::channel();
        let thread = thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(ask(&address, stopped))
        });
        Self { stop, thread }
    }

    /// Ends. Fails where an answer was late and the machine was not.
    #[track_caller]
    pub(crate) fn end(self) -> Figures {
        // A probe that has failed says why when it is joined.
        let _ = self.stop.send(());
        let figures = Figures(self.thread.join().unwrap());
        let quiet = figures.0.iter().filter(|moment| moment.echo < NOISE);
        let late: Vec<_> = quiet.clone().filter(|moment| moment.answer > LATE).collect();
        assert!(late.is_empty(), "{figures}: {late:?}");
        assert!(quiet.count() * 2 > figures.0.len(), "too noisy to measure: {figures}");
        figures
    }
}

async fn ask(address: &str, mut stopped: Receiver<()>) -> Vec<Moment> {
    let mut echo = echo().await;
    let mut next = interval(EVERY);
    next.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut moments = Vec::new();
    while stopped.try_recv().is_err() {
        next.tick().await;
        moments.push(moment(address, &mut echo).await);
    }
    moments
}

async fn moment(address: &str, echo: &mut TcpStream) -> Moment {
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
    let (answer, echo) = tokio::join!(answer, echo);
    Moment { answer, echo }
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

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut answers: Vec<_> = self.0.iter().map(|moment| moment.answer).collect();
        answers.sort_unstable();
        let [most, max] = [99, 100].map(|percent| percentile(&answers, percent));
        let excused = self.0.iter().filter(|m| m.answer > LATE && m.echo >= NOISE).count();
        let count = answers.len();
        write!(f, "{count} probes, 99 % within {most:.1?}, all within {max:.1?}, {excused} excused")
    }
}
