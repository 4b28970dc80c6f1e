//! No server at all: whatever comes is answered with the same bytes.
//! What a client and TCP cost, to be taken off everything over loopback.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::Result;

/// As long as our router's answer.
const ANSWER: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\
    x-openstack-ironic-api-version: 1.109\r\n\
    x-openstack-ironic-api-minimum-version: 1.1\r\n\
    x-openstack-ironic-api-maximum-version: 1.115\r\n\
    openstack-request-id: req-00000000-0000-4000-8000-000000000000\r\n\
    x-openstack-request-id: req-00000000-0000-4000-8000-000000000000\r\n\
    content-length: 11\r\ndate: Mon, 23 Nov 2026 00:00:00 GMT\r\n\r\n{\"ok\":true}";

/// Serves on a port of its own choice.
pub(crate) async fn serve() -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream));
        }
    });
    Ok(address)
}

/// A request comes in one piece, and nothing is sent before it is answered.
async fn answer(mut stream: TcpStream) -> Result<()> {
    let mut request = [0; 4096];
    while stream.read(&mut request).await? > 0 {
        stream.write_all(ANSWER.as_bytes()).await?;
    }
    Ok(())
}
