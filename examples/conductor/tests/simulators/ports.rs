//! Ports of this machine: free ones for simulated BMCs, and what the kernel tells of them.

use std::net::UdpSocket;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU16, Ordering};

/// Below the ports that the kernel gives to clients, so that no client ever gets one of ours.
const PORTS: std::ops::Range<u16> = 20_000..32_000;

/// A port that nobody has; no test of this process gets it a second time before all others were
/// given out. Another process may still be faster.
pub(crate) fn free_port() -> u16 {
    static NEXT: LazyLock<AtomicU16> = LazyLock::new(|| AtomicU16::new(of_this_process()));
    let length = PORTS.end - PORTS.start;
    loop {
        let port = PORTS.start + NEXT.fetch_add(1, Ordering::Relaxed) % length;
        if UdpSocket::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// Processes that run at the same time begin at different places.
fn of_this_process() -> u16 {
    u16::try_from(std::process::id() * 101 % u32::from(PORTS.end - PORTS.start)).unwrap()
}

/// How many sockets have the UDP port: `ipmi_sim` shares it with whoever shares his.
pub(crate) fn udp_sockets(port: u16) -> usize {
    rows("udp", port).len()
}

/// Whether something has arrived at a port, of `udp` or `tcp`, that nobody has read.
pub(crate) fn has_unread(protocol: &str, port: u16) -> bool {
    let is_empty = |row: &String| row.split_whitespace().nth(4).unwrap().ends_with(":00000000");
    // A socket that listens counts connections there.
    let listens = |row: &String| row.split_whitespace().nth(3) == Some("0A");
    rows(protocol, port).iter().any(|row| !is_empty(row) && !listens(row))
}

/// What the kernel tells of the sockets with this port.
fn rows(protocol: &str, port: u16) -> Vec<String> {
    let address = format!("0100007F:{port:04X}");
    let table = std::fs::read_to_string(format!("/proc/net/{protocol}")).unwrap();
    let rows = table.lines().filter(|row| row.split_whitespace().nth(1) == Some(&address));
    rows.map(str::to_owned).collect()
}
