//! The client: each request on a connection of its own, and what became of many.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};

use crate::conductor::uuid;
use crate::support::client::{NEWEST, Reply};

/// Longer than any answer may take; without it a lost answer would be waited for without end.
const LOST: Duration = Duration::from_secs(30);

/// How many calls are out at once while answers are timed. They take turns on the processors: a
/// program that is not optimized works half a millisecond on both cores of a small machine for
/// each, and 200 calls would time their own queue.
pub(crate) const AT_ONCE: usize = if cfg!(debug_assertions) { 50 } else { 200 };

/// A call of a vendor method.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) node: usize,
    method: &'static str,
    arguments: String,
}

/// A call's answer, and when it came.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) call: Call,
    pub(crate) reply: Reply,
    pub(crate) took: Duration,
}

/// What became of many calls. As text it is how many there were of each status, and how long
/// they took.
pub(crate) struct Answers(Vec<Answer>);

impl Call {
    pub(crate) fn sleep(method: &'static str, node: usize, time: Duration) -> Self {
        let arguments = json!({"seconds": time.as_secs_f64()}).to_string();
        Self { node, method, arguments }
    }

    pub(crate) fn echo(node: usize) -> Self {
        Self { node, method: "echo", arguments: json!({"node": node}).to_string() }
    }

    pub(crate) fn request(&self, address: &str) -> String {
        let path = format!("/v1/nodes/{}/vendor_passthru/{}", uuid(self.node), self.method);
        request(address, "POST", &path, &self.arguments)
    }
}

/// A request as it goes over the wire.
pub(crate) fn request(address: &str, verb: &str, path: &str, body: &str) -> String {
    let (version, newest) = NEWEST;
    let length = body.len();
    format!(
        "{verb} {path} HTTP/1.1\r\nHost: {address}\r\n{version}: {newest}\r\n\
         Connection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

/// Sends a request on a connection of its own, and reads the answer. Anything but a whole answer
/// fails the test.
pub(crate) async fn answered(address: &str, request: &str) -> Reply {
    let reply = timeout(LOST, async {
        let stream = sent(address, request).await?;
        read(stream).await
    });
    let reply = reply.await.unwrap_or_else(|_| panic!("never answered: {request}"));
    reply.unwrap_or_else(|error| panic!("{error}: {request}"))
}

/// A connection on which this has been sent.
pub(crate) async fn sent(address: &str, text: &str) -> io::Result<TcpStream> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    stream.write_all(text.as_bytes()).await?;
    Ok(stream)
}

/// The answer on a connection that ends with it.
pub(crate) async fn read(mut stream: TcpStream) -> io::Result<Reply> {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    parsed(&answer).ok_or_else(|| io::Error::other(format!("no answer: {answer:?}")))
}

fn parsed(answer: &str) -> Option<Reply> {
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let (status, headers) = head.split_once("\r\n")?;
    let status = status.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
    let header = |line: &str| {
        let (name, value) = line.split_once(": ")?;
        Some((name.to_lowercase(), value.to_owned()))
    };
    let headers = headers.split("\r\n").map(header).collect::<Option<_>>()?;
    Some(Reply { status, headers, body: body.to_owned() })
}

/// Calls, so many at once, and waits for all answers.
pub(crate) async fn all(
    address: &str,
    at_once: usize,
    calls: impl IntoIterator<Item = Call>,
) -> Answers {
    let places = Arc::new(Semaphore::new(at_once));
    let begin = |call: Call| {
        let (places, address) = (Arc::clone(&places), address.to_owned());
        tokio::spawn(async move {
            let _place = places.acquire().await.unwrap();
            let asked = Instant::now();
            let reply = answered(&address, &call.request(&address)).await;
            Answer { call, reply, took: asked.elapsed() }
        })
    };
    let calls: Vec<_> = calls.into_iter().map(begin).collect();
    let mut answers = Vec::new();
    for call in calls {
        answers.push(call.await.unwrap());
    }
    Answers(answers)
}

impl Answers {
    /// How many there are of each status.
    pub(crate) fn statuses(&self) -> BTreeMap<u16, usize> {
        let mut statuses = BTreeMap::new();
        for answer in &self.0 {
            *statuses.entry(answer.reply.status).or_default() += 1;
        }
        statuses
    }

    /// Those of this status.
    pub(crate) fn of(&self, status: u16) -> impl Iterator<Item = &Answer> {
        self.0.iter().filter(move |answer| answer.reply.status == status)
    }

    /// How long those of this status took, the quickest first.
    pub(crate) fn times(&self, status: u16) -> Vec<Duration> {
        let mut times: Vec<_> = self.of(status).map(|answer| answer.took).collect();
        times.sort_unstable();
        times
    }
}

impl fmt::Display for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, (status, count)) in self.statuses().into_iter().enumerate() {
            let times = self.times(status);
            let [least, half, most] = [0, 50, 100].map(|percent| percentile(&times, percent));
            let comma = if n == 0 { "" } else { ", " };
            write!(f, "{comma}{count} x {status} after {least:.1?} .. {half:.1?} .. {most:.1?}")?;
        }
        Ok(())
    }
}

/// The time within which so many percent of these are, which are sorted.
pub(crate) fn percentile(times: &[Duration], percent: usize) -> Duration {
    let last = times.len().saturating_sub(1);
    times.get(last * percent / 100).copied().unwrap_or_default()
}
