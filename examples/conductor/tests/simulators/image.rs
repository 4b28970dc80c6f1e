//! An image for virtual media: a server on loopback that gives it to everybody who connects.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nimage";

/// Where the image is. The server runs until the tests have ended.
pub(crate) fn served() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for mut connection in listener.incoming().flatten() {
            // Whoever goes away has no need of it.
            let _ = connection.read(&mut [0; 4096]).and_then(|_| connection.write_all(ANSWER));
        }
    });
    format!("http://{address}/boot.iso")
}
