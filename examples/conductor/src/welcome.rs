//! What the conductor says when it has started: where it is, and what to try first.
//! Each line with `curl` can be pasted into a shell, and works.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use vendor_passthru::Node;

pub(crate) fn text(address: SocketAddr, nodes: &[Arc<Node>]) -> String {
    let url = format!("http://{}", reachable(address));
    let has_send_raw = |node: &&Arc<Node>| {
        node.driver == "example" && node.requested_interface().is_none_or(|i| i == "example")
    };
    let mut text = format!("conductor on {url}, stopped by Ctrl-C. Try:\n");
    let mut line = |curl: &str| text.extend(["  curl ", curl, "\n"]);
    line(&format!("-i {url}/v1/drivers/example/vendor_passthru/authentication_types"));
    if let Some(node) = nodes.iter().find(has_send_raw) {
        let url = format!("{url}/v1/nodes/{}/vendor_passthru/send_raw", node.uuid());
        line(&format!(r#"-i -X POST {url} -d '{{"raw_bytes": "0x01 0x02"}}'"#));
    }
    if let Some(node) = nodes.last() {
        line(&format!("-i {url}/v1/nodes/{}/vendor_passthru/methods", node.uuid()));
    }
    text
}

/// The address by which this machine reaches itself there.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(match address {
            SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_for_all_is_shown_as_one_that_can_be_called() {
        for (listening, called) in [
            ("0.0.0.0:80", "127.0.0.1:80"),
            ("[::]:80", "[::1]:80"),
            ("192.0.2.1:80", "192.0.2.1:80"),
        ] {
            assert_eq!(reachable(listening.parse().unwrap()), called.parse().unwrap());
        }
    }
}
