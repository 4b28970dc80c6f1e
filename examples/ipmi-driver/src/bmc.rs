//! How to reach a BMC and as whom: a node's `driver_info`, read and checked.
//! Each property is a type of its own that can only be made of what is valid.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use vendor_passthru::lenient::Text;
use vendor_passthru::prelude::*;

/// The port of RMCP (IPMI 2.0, section 13.1.2).
const RMCP_PORT: u16 = 623;

/// The longest user name (IPMI 2.0, table 13-11) and password (section 22.30).
const LONGEST_USERNAME: usize = 16;
const LONGEST_PASSWORD: usize = 20;

/// A BMC and a user of it. Its password is in no message.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Bmc {
    /// Where it is.
    pub address: Address,
    /// Its UDP port.
    pub port: u16,
    /// The user; an empty name is the user without a name.
    pub username: Username,
    /// The user's password.
    pub password: Password,
    /// What the user is to be allowed.
    pub privilege: PrivilegeLevel,
    /// How the session is protected.
    pub cipher_suite: CipherSuite,
}

impl Bmc {
    pub(crate) fn properties() -> Properties {
        Properties::new()
            .required("ipmi_address", "IP address or host name of the BMC.")
            .optional("ipmi_port", "UDP port of the BMC, 623 by default.")
            .optional("ipmi_username", "User name, 16 bytes at most; none by default.")
            .optional_secret("ipmi_password", "Password, 20 bytes at most; none by default.")
            .optional(
                "ipmi_priv_level",
                "Privilege level: CALLBACK, USER, OPERATOR or ADMINISTRATOR, the default.",
            )
            .optional(
                "ipmi_cipher_suite",
                "Cipher suite of the session: 3 (AES-128 and SHA1), the default, or 17 (AES-128 and \
                 SHA256), which is better where the BMC has it.",
            )
    }

    /// Reads a node's `driver_info`, for a transport with these cipher suites.
    pub(crate) fn of(node: &Node, suites: &[CipherSuite]) -> Result<Self> {
        let properties = Self::properties();
        let mut info = properties.read_from(&node.driver_info);
        let address = info.take("ipmi_address");
        let port = info.take_or("ipmi_port", || Port(RMCP_PORT));
        let username = info.take_or("ipmi_username", Username::default);
        let password = info.take_or("ipmi_password", Password::default);
        let privilege = info.take_or("ipmi_priv_level", PrivilegeLevel::default);
        let cipher_suite = info.take_or("ipmi_cipher_suite", CipherSuite::default);
        if let Ok(suite) = cipher_suite
            && !suites.contains(&suite)
        {
            let suites: Vec<_> = suites.iter().map(ToString::to_string).collect();
            let reason = format!("this conductor has no other suite than {}", suites.join(", "));
            info.refuse("ipmi_cipher_suite", reason);
        }
        info.finish()?;
        Ok(Self {
            address: address?,
            port: port?.0,
            username: username?,
            password: password?,
            privilege: privilege?,
            cipher_suite: cipher_suite?,
        })
    }
}

/// An IP address or a host name; nothing that could be taken for an option.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "String")]
pub struct Address(String);

impl Address {
    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Address {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        if text.parse::<IpAddr>().is_ok() || is_scoped(&text) || is_host_name(&text) {
            return Ok(Self(text));
        }
        Err("expected an IP address or a host name")
    }
}

/// `fe80::1%eth0` (RFC 4007, section 11).
fn is_scoped(text: &str) -> bool {
    text.split_once('%')
        .is_some_and(|(address, zone)| address.parse::<Ipv6Addr>().is_ok() && is_label(zone))
}

fn is_host_name(text: &str) -> bool {
    let name = text.strip_suffix('.').unwrap_or(text);
    let looks_like_ipv4 = name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    !looks_like_ipv4 && name.len() <= 253 && name.split('.').all(is_label)
}

/// A part of a host name (RFC 1123, section 2.1), with the underscores that many have.
fn is_label(label: &str) -> bool {
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=63).contains(&label.len())
        && label.bytes().all(inside)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// The name of a user; it may be empty.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(try_from = "Text")]
pub struct Username(String);

impl Username {
    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<Text> for Username {
    type Error = String;

    fn try_from(Text(text): Text) -> Result<Self, String> {
        bounded(text, LONGEST_USERNAME).map(Self)
    }
}

/// A password; it may be empty. `Debug` does not show it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(try_from = "Text")]
pub struct Password(SecretString);

impl Password {
    /// The password itself, for a transport.
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }
}

impl TryFrom<Text> for Password {
    type Error = String;

    fn try_from(Text(text): Text) -> Result<Self, String> {
        bounded(text, LONGEST_PASSWORD).map(|text| Self(text.into()))
    }
}

/// IPMI pads names and passwords with zeros, so they have none.
fn bounded(text: String, longest: usize) -> Result<String, String> {
    if text.len() > longest || text.contains('\0') {
        return Err(format!("expected {longest} bytes at most, and none of them zero"));
    }
    Ok(text)
}

#[derive(Deserialize)]
#[serde(try_from = "Text")]
struct Port(u16);

impl TryFrom<Text> for Port {
    type Error = &'static str;

    fn try_from(Text(text): Text) -> Result<Self, &'static str> {
        match text.parse() {
            Ok(port @ 1..) => Ok(Self(port)),
            _ => Err("expected a port from 1 to 65535"),
        }
    }
}

/// What a session may do (IPMI 2.0, section 6.8).
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "UPPERCASE")]
pub enum PrivilegeLevel {
    /// Ask to be called back.
    Callback,
    /// Read.
    User,
    /// Read, and act on the machine.
    Operator,
    /// Everything.
    #[default]
    Administrator,
}

impl PrivilegeLevel {
    /// Its number in Set Session Privilege Level (IPMI 2.0, section 22.18).
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Callback => 1,
            Self::User => 2,
            Self::Operator => 3,
            Self::Administrator => 4,
        }
    }
}

/// As `driver_info` has it.
impl fmt::Display for PrivilegeLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Callback => "CALLBACK",
            Self::User => "USER",
            Self::Operator => "OPERATOR",
            Self::Administrator => "ADMINISTRATOR",
        })
    }
}

/// How a session is authenticated and encrypted (IPMI 2.0, table 22-20). The others leave out the
/// one or the other, or are made of MD5 and RC4.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(try_from = "Text")]
pub enum CipherSuite {
    /// 3: every BMC that speaks IPMI 2.0 has it.
    #[default]
    Sha1,
    /// 17: of the revision of 2009, and better.
    Sha256,
}

impl CipherSuite {
    /// The name of its authentication algorithm.
    #[must_use]
    pub fn authentication(self) -> &'static str {
        match self {
            Self::Sha1 => "RAKP-HMAC-SHA1",
            Self::Sha256 => "RAKP-HMAC-SHA256",
        }
    }
}

/// Its number.
impl fmt::Display for CipherSuite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sha1 => "3",
            Self::Sha256 => "17",
        })
    }
}

impl TryFrom<Text> for CipherSuite {
    type Error = &'static str;

    fn try_from(Text(text): Text) -> Result<Self, &'static str> {
        match text.as_str() {
            "3" => Ok(Self::Sha1),
            "17" => Ok(Self::Sha256),
            _ => Err("expected 3 or 17; the others are not safe"),
        }
    }
}
