//! How to reach a node's BMC, read from its `driver_info` under Ironic's names.
//! A value that cannot be right is refused here, before anything is sent.

use std::path::PathBuf;

use reqwest::Url;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;
use vendor_passthru::lenient::Flag;
use vendor_passthru::prelude::*;

pub(crate) fn properties() -> Properties {
    Properties::new()
        .required(
            "redfish_address",
            "The URL of the Redfish service, with https where it names no scheme. A path in it is \
             the root of the service instead of /redfish/v1/.",
        )
        .optional(
            "redfish_system_id",
            "The path of the node's ComputerSystem, such as /redfish/v1/Systems/1. Needed where \
             the BMC manages several.",
        )
        .optional("redfish_username", "The user to log in as.")
        .optional_secret("redfish_password", "The user's password.")
        .optional(
            "redfish_verify_ca",
            "Whether to verify the BMC's certificate, or the absolute path of the file of CA \
             certificates to verify it with. True by default.",
        )
        .optional(
            "redfish_auth_type",
            "How to log in: basic, or auto, which is basic here. Sessions are not supported: one \
             that is cut off would stay open, and a BMC has few.",
        )
}

/// How to reach and log in to a BMC.
#[derive(Debug)]
pub(crate) struct Bmc {
    /// The root of its Redfish service.
    pub(crate) root: Url,
    pub(crate) system: Option<String>,
    pub(crate) username: Option<String>,
    pub(crate) password: Option<SecretString>,
    pub(crate) verify: Verify,
}

impl Bmc {
    pub(crate) fn of(node: &Node) -> Result<Self> {
        let properties = properties();
        let mut info = properties.read_from(&node.driver_info);
        let root = info.take("redfish_address");
        let system = info.take("redfish_system_id");
        let username = info.take("redfish_username");
        let password = info.take("redfish_password");
        let verify = info.take_or("redfish_verify_ca", || Verify::Platform);
        let _basic = info.take_or("redfish_auth_type", || AuthType);
        info.finish()?;
        let (Address(root), system): (_, Option<SystemPath>) = (root?, system?);
        let system = system.map(|SystemPath(path)| path);
        Ok(Self { root, system, username: username?, password: password?, verify: verify? })
    }
}

/// What `redfish_address` says, completed to the root of the service.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct Address(Url);

impl TryFrom<String> for Address {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        let text = match text.parse() {
            Ok(address @ std::net::IpAddr::V6(_)) => format!("https://[{address}]"),
            _ if text.contains("://") => text,
            _ => format!("https://{text}"),
        };
        let mut url = Url::parse(&text).map_err(|_| "expected a URL, or a host")?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err("expected a URL with http or https");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("user and password belong into redfish_username and redfish_password");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err("expected a URL without query and fragment");
        }
        match url.path() {
            "/" => url.set_path("/redfish/v1/"),
            path if path.ends_with('/') => {}
            path => url.set_path(&format!("{path}/")),
        }
        Ok(Self(url))
    }
}

#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct SystemPath(String);

impl TryFrom<String> for SystemPath {
    type Error = &'static str;

    fn try_from(path: String) -> Result<Self, &'static str> {
        let is_path = path.starts_with('/');
        is_path.then_some(Self(path)).ok_or("expected a path, such as /redfish/v1/Systems/1")
    }
}

/// Which certificates a BMC may show.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "Value")]
pub(crate) enum Verify {
    /// Those that the conductor's machine trusts.
    Platform,
    /// Those that this file's CAs have signed.
    File(PathBuf),
    /// Any.
    Nothing,
}

impl TryFrom<Value> for Verify {
    type Error = String;

    fn try_from(value: Value) -> Result<Self, String> {
        match Flag::deserialize(&value) {
            Ok(Flag(true)) => return Ok(Self::Platform),
            Ok(Flag(false)) => return Ok(Self::Nothing),
            Err(_) => {}
        }
        match value.as_str().map(PathBuf::from) {
            Some(path) if path.is_absolute() && path.is_file() => Ok(Self::File(path)),
            _ => Err(format!("{value} is neither a boolean nor the absolute path of a file")),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct AuthType;

impl TryFrom<String> for AuthType {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.as_str() {
            "basic" | "auto" => Ok(Self),
            "session" => Err("sessions are not supported, only \"basic\"".to_owned()),
            _ => Err(format!("{text:?} is not an authentication type; \"basic\" is")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_url_or_a_host_that_speaks_https() {
        for (text, root) in [
            ("bmc.example.com", "https://bmc.example.com/redfish/v1/"),
            ("bmc.example.com:8443", "https://bmc.example.com:8443/redfish/v1/"),
            ("192.0.2.7/root", "https://192.0.2.7/root/"),
            ("2001:db8::1", "https://[2001:db8::1]/redfish/v1/"),
            ("[2001:db8::1]:8443", "https://[2001:db8::1]:8443/redfish/v1/"),
            ("http://192.0.2.7:8000", "http://192.0.2.7:8000/redfish/v1/"),
        ] {
            assert_eq!(Address::try_from(text.to_owned()).unwrap().0.as_str(), root);
        }
    }
}
