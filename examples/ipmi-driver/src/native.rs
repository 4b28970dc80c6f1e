//! Commands carried by a client in Rust, the crate `ipmi`.
//! Every session that was opened is closed, also that of a call that was dropped.

use std::net::SocketAddr;
use std::time::Duration;

use ::ipmi::{Client, Error};
use tokio::net::lookup_host;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use vendor_passthru::async_trait;

use crate::{Bmc, CipherSuite, CompletionCode, IpmiError, PrivilegeLevel, RawBytes, Transport};

/// How long each packet waits for its answer.
const ANSWER_WAIT: Duration = Duration::from_secs(5);

/// Nothing has been asked of a BMC before its session is open, so that may be tried again.
const TRIES_TO_OPEN: u32 = 2;

const SET_SESSION_PRIVILEGE_LEVEL: u8 = 0x3b;

/// Commands by the crate `ipmi`: no program is needed and a call takes a few milliseconds.
///
/// It is not the default, since version 0.1.2 knows cipher suite 3 alone, tries again without
/// encryption and integrity where the BMC, or whoever answers in its place, refuses that one, and
/// takes answers that are not signed. Use it on a network that nobody else is on.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Native;

#[async_trait]
impl Transport for Native {
    fn cipher_suites(&self) -> &'static [CipherSuite] {
        &[CipherSuite::Sha1]
    }

    /// The session outlives this future if it must. It has a thread, since the client's future must
    /// not go from one to another.
    async fn raw(&self, bmc: &Bmc, request: &RawBytes) -> Result<Vec<u8>, IpmiError> {
        let (bmc, request, runtime) = (bmc.clone(), request.clone(), Handle::current());
        let (_until_dropped, dropped) = oneshot::channel();
        let session = move || runtime.block_on(session(&bmc, &request, dropped));
        tokio::task::spawn_blocking(session).await.map_err(IpmiError::failed)?
    }
}

/// A whole session. No command is sent once nobody waits for its answer.
async fn session(
    bmc: &Bmc,
    request: &RawBytes,
    dropped: oneshot::Receiver<()>,
) -> Result<Vec<u8>, IpmiError> {
    let client = opened(bmc).await?;
    let answer = tokio::select! {
        biased;
        _ = dropped => Err(IpmiError::Cancelled),
        answer = ask(&client, bmc.privilege, request) => answer,
    };
    // A BMC that does not answer this, such as one that was reset, ends the session by itself.
    let _ = client.close_session().await;
    answer
}

async fn opened(bmc: &Bmc) -> Result<Client, IpmiError> {
    let address = resolved(bmc).await?;
    let mut tries = 1;
    loop {
        let client = Client::builder(address)
            .username(bmc.username.as_str())
            .password(bmc.password.expose_secret())
            .privilege_level(privilege(bmc.privilege))
            .timeout(ANSWER_WAIT)
            .retries(1) // of every packet, also of commands
            .build();
        match client.await {
            Ok(client) => return Ok(client),
            Err(Error::Timeout) if tries < TRIES_TO_OPEN => tries += 1,
            Err(error) => return Err(not_opened(error)),
        }
    }
}

async fn resolved(bmc: &Bmc) -> Result<SocketAddr, IpmiError> {
    let found = lookup_host((bmc.address.as_str(), bmc.port)).await.map_err(unreachable)?;
    found.into_iter().next().ok_or_else(|| unreachable("the name has no address"))
}

/// The session begins as a user's, whatever was asked for when it was opened.
async fn ask(
    client: &Client,
    level: PrivilegeLevel,
    request: &RawBytes,
) -> Result<Vec<u8>, IpmiError> {
    if level.number() > PrivilegeLevel::User.number() {
        let raised = client.send_raw(0x06, SET_SESSION_PRIVILEGE_LEVEL, &[level.number()]).await;
        if raised.map_err(unreachable)?.completion_code != 0 {
            return Err(IpmiError::PrivilegeRefused(level));
        }
    }
    let (net_fn, command) = (request.net_fn(), request.command());
    let answer = client.send_raw(net_fn, command, request.data()).await;
    let answer = answer.map_err(|error| match error {
        Error::Timeout | Error::Io(_) => IpmiError::NoAnswer,
        error => IpmiError::unintelligible(error),
    })?;
    match answer.completion_code {
        0 => Ok(answer.data),
        code => Err(IpmiError::Refused { net_fn, command, code: CompletionCode(code) }),
    }
}

fn not_opened(error: Error) -> IpmiError {
    match error {
        // A refusal is shorter than the message it stands for.
        Error::AuthenticationFailed(_) | Error::Protocol("RAKP message 2 payload too short") => {
            IpmiError::AuthenticationFailed
        }
        Error::Timeout | Error::Io(_) => unreachable(error),
        Error::ProtocolOwned(said) if said.contains("(status 0x01)") => IpmiError::NoFreeSession,
        Error::ProtocolOwned(said) if said.contains("Open Session rejected") => {
            IpmiError::CipherSuiteRefused(CipherSuite::Sha1)
        }
        error => IpmiError::failed(error),
    }
}

fn unreachable(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> IpmiError {
    IpmiError::Unreachable { source: Some(source.into()) }
}

fn privilege(level: PrivilegeLevel) -> ::ipmi::PrivilegeLevel {
    match level {
        PrivilegeLevel::Callback => ::ipmi::PrivilegeLevel::Callback,
        PrivilegeLevel::User => ::ipmi::PrivilegeLevel::User,
        PrivilegeLevel::Operator => ::ipmi::PrivilegeLevel::Operator,
        PrivilegeLevel::Administrator => ::ipmi::PrivilegeLevel::Administrator,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tokio::net::UdpSocket;
    use vendor_passthru::{Node, Uuid};

    use super::*;

    /// What a call ends with when the first packet is answered so: what is made of the packet.
    async fn answered(answer: impl Fn(&[u8]) -> Vec<u8>) -> IpmiError {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let mut node = Node::new(Uuid::nil(), "ipmi");
        node.driver_info.insert("ipmi_address".into(), "127.0.0.1".into());
        node.driver_info.insert("ipmi_port".into(), json!(socket.local_addr().unwrap().port()));
        let bmc = Bmc::of(&node, &[CipherSuite::Sha1]).unwrap();
        let answering = async {
            let mut packet = [0; 1024];
            let (length, from) = socket.recv_from(&mut packet).await.unwrap();
            socket.send_to(&answer(&packet[..length]), from).await.unwrap();
        };
        let request = RawBytes::app(1);
        let (answer, ()) = tokio::join!(Native.raw(&bmc, &request), answering);
        answer.unwrap_err()
    }

    /// An open session response with this status (IPMI 2.0, table 13-10) to a request for one,
    /// whose tag is its byte 16 and whose session id is at 20.
    fn refusal(request: &[u8], status: u8) -> Vec<u8> {
        let mut response = vec![6, 0, 0xff, 7, 6, 0x11, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0];
        response.extend([request[16], status, 0, 0]);
        response.extend(&request[20..24]);
        response
    }

    #[tokio::test]
    async fn what_kept_a_session_from_being_opened_is_told() {
        let no_session = answered(|request| refusal(request, 0x01)).await;
        assert!(matches!(no_session, IpmiError::NoFreeSession), "{no_session:?}");
        let no_suite = answered(|request| refusal(request, 0x11)).await;
        assert!(
            matches!(no_suite, IpmiError::CipherSuiteRefused(CipherSuite::Sha1)),
            "{no_suite:?}"
        );
    }

    #[tokio::test]
    async fn what_is_no_ipmi_is_a_failure() {
        let failed = answered(|_| b"HTTP/1.1 400 Bad Request".to_vec()).await;
        assert!(matches!(failed, IpmiError::Failed { .. }), "{failed:?}");
    }

    #[tokio::test]
    async fn an_unknown_name_is_unreachable() {
        let mut node = Node::new(Uuid::nil(), "ipmi");
        node.driver_info.insert("ipmi_address".into(), "bmc.invalid".into());
        let failed = Native
            .raw(&Bmc::of(&node, &[CipherSuite::Sha1]).unwrap(), &RawBytes::app(1))
            .await
            .unwrap_err();
        assert!(matches!(failed, IpmiError::Unreachable { source: Some(_) }), "{failed:?}");
    }
}
