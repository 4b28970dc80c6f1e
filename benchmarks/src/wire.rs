//! The client over loopback: HTTP/1.1 on one connection, one request after the other.

use std::net::SocketAddr;

use axum::Router;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use uuid::Uuid;

use crate::Result;
use crate::job::{self, ANSWER};
use crate::peer::Peer;

pub(crate) struct Wire {
    stream: TcpStream,
    answer: Vec<u8>,
}

impl Wire {
    pub(crate) async fn to(server: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(server).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, answer: Vec::with_capacity(4096) })
    }

    /// Fails unless the job is done.
    pub(crate) async fn send(&mut self, request: &[u8]) -> Result<()> {
        self.stream.write_all(request).await?;
        self.answer.clear();
        while !self.answer.ends_with(ANSWER) {
            if self.stream.read_buf(&mut self.answer).await? == 0 || is_refusal(&self.answer) {
                return Err(String::from_utf8_lossy(&self.answer).into());
            }
        }
        Ok(())
    }
}

fn is_refusal(answer: &[u8]) -> bool {
    !answer.starts_with(b"HTTP/1.1 200 ")
}

impl Peer for Wire {
    type Request = Vec<u8>;
    type Answer = ();

    fn request(&self, node: Uuid) -> Result<Vec<u8>> {
        Ok(job::text(node))
    }

    async fn call(&mut self, request: Vec<u8>) -> Result<()> {
        self.send(&request).await
    }

    async fn is_right(&self, (): ()) -> Result<bool> {
        // Whatever else was answered has failed.
        Ok(true)
    }
}

/// Serves a router on a port of its own choice.
pub(crate) async fn serve(app: Router) -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(address)
}
