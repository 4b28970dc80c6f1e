//! Clients of one server: so many connections, each with one request at a time.

use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use tokio::time::timeout;
use uuid::Uuid;

use super::server::Server;
use crate::Result;
use crate::job::{NODES, text};
use crate::wire::Wire;

/// A burst that takes longer has failed.
const LIMIT: Duration = Duration::from_secs(20);

pub(super) struct Load<'a> {
    server: &'a Server,
    connections: Vec<Connection>,
}

/// What one burst of requests cost.
pub(super) struct Burst {
    /// Of the server, per request.
    pub(super) cpu_micros: f64,
    /// As the clients see it.
    pub(super) p99_micros: f64,
}

/// A client with requests of its own, on other nodes than the next client's.
struct Connection {
    wire: Wire,
    requests: Vec<Vec<u8>>,
}

impl<'a> Load<'a> {
    pub(super) async fn of(server: &'a Server, connections: usize) -> Result<Self> {
        let mut clients = Vec::new();
        for client in 0..connections {
            let nodes = (0..NODES).skip(client).step_by(connections).map(Uuid::from_u128);
            let (wire, requests) = (Wire::to(server.address).await?, nodes.map(text).collect());
            clients.push(Connection { wire, requests });
        }
        Ok(Self { server, connections: clients })
    }

    /// So many requests, as many on each connection.
    #[expect(clippy::cast_precision_loss, reason = "for people")]
    pub(super) async fn burst(&mut self, requests: usize) -> Result<Burst> {
        let each = requests / self.connections.len();
        let before = self.server.cpu_nanos()?;
        let mut clients = JoinSet::new();
        for connection in self.connections.drain(..) {
            clients.spawn(timeout(LIMIT, connection.send(each)));
        }
        let mut latencies = Vec::with_capacity(requests);
        while let Some(ended) = clients.join_next().await {
            let (connection, took) = ended???;
            self.connections.push(connection);
            latencies.extend(took);
        }
        let nanos = self.server.cpu_nanos()?.saturating_sub(before);
        latencies.sort_unstable();
        let p99 = latencies.get(latencies.len() * 99 / 100).ok_or("no request was sent")?;
        Ok(Burst {
            cpu_micros: nanos as f64 / 1000.0 / latencies.len() as f64,
            p99_micros: p99.as_secs_f64() * 1e6,
        })
    }
}

impl Connection {
    async fn send(mut self, times: usize) -> Result<(Self, Vec<Duration>)> {
        let mut took = Vec::with_capacity(times);
        for request in self.requests.iter().cycle().take(times) {
            let sent = Instant::now();
            self.wire.send(request).await?;
            took.push(sent.elapsed());
        }
        Ok((self, took))
    }
}
