//! What can go wrong between conductor and BMC, in words that say what to do.
//! What the BMC itself said is a source, for the log alone: it may repeat what it was told.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use reqwest::{Method, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use vendor_passthru::{Error, VendorPassthruException};

/// Why a BMC could not be asked, or did not do what it was asked for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RedfishError {
    /// No connection.
    #[error("the BMC cannot be reached; is it up, and is redfish_address right?")]
    Unreachable(#[source] reqwest::Error),

    /// A certificate that nobody trusted has signed, or of another host.
    #[error(
        "the certificate of the BMC is not trusted; redfish_verify_ca can name the file of the CA \
         that signed it"
    )]
    Untrusted(#[source] reqwest::Error),

    /// The CA file of the node.
    #[error("the file that redfish_verify_ca names has no certificates that can be read")]
    CaFile(#[source] rustls::pki_types::pem::Error),

    /// The certificates of the conductor's machine.
    #[error("the conductor cannot verify certificates; redfish_verify_ca can name a CA file")]
    Trust(#[source] rustls::Error),

    /// The client could not be made.
    #[error("the conductor cannot make HTTP requests")]
    Client(#[source] Box<dyn StdError + Send + Sync>),

    /// No whole answer.
    #[error("the BMC broke off its answer; what was asked of it may or may not have happened")]
    BrokenOff(#[source] reqwest::Error),

    /// No answer in time.
    #[error(
        "the BMC did not answer within {} s; what was asked of it may or may not have happened",
        .0.as_secs_f64()
    )]
    TimedOut(Duration),

    /// 401.
    #[error("the BMC does not accept redfish_username and redfish_password")]
    Unauthorized,

    /// Any other status that is no success.
    #[error("the BMC answered {method} {path} with {status}")]
    Status {
        /// The verb.
        method: Method,
        /// The path.
        path: String,
        /// The answer.
        status: StatusCode,
        /// What the BMC said.
        source: BmcSays,
    },

    /// A redirect to another server, where the password must not go, or one in a circle.
    #[error("the BMC redirects {0} elsewhere; redfish_address may lack https, or a port")]
    Redirected(String),

    /// More than anybody would read.
    #[error("the BMC's answer to {path} is larger than {limit} bytes")]
    TooLarge {
        /// The path.
        path: String,
        /// The limit in bytes.
        limit: usize,
    },

    /// A collection that goes on and on.
    #[error("the BMC has a collection of more than {0} parts")]
    TooManyParts(usize),

    /// No JSON, or not what Redfish has there.
    #[error("the BMC's answer to {path} is not what Redfish has there")]
    NotUnderstood {
        /// The path.
        path: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },

    /// A link that is none.
    #[error("the BMC has a link that leads nowhere")]
    BadLink,

    /// Something that the BMC may lack, but not for this method.
    #[error("the BMC has no {0}")]
    Missing(&'static str),

    /// A subscription that is there, but where?
    #[error("the subscription was created, but cannot be read; get_all_subscriptions lists it")]
    CreatedUnread(#[source] Option<Box<RedfishError>>),

    /// No system, or several.
    #[error("the BMC manages {0} systems; redfish_system_id names the node's own")]
    NotOneSystem(usize),

    /// Nothing to eject from. 400, as in Ironic.
    #[error("the BMC has no such virtual media device")]
    NoVirtualMedia,

    /// Events that the BMC does not know. 400, as in Ironic.
    #[error("the EventTypes that the BMC offers are {}", known.join(", "))]
    EventTypes {
        /// All there are.
        known: Vec<String>,
    },
}

impl RedfishError {
    /// What a request failed with that got no answer.
    pub(crate) fn of_request(error: reqwest::Error) -> Self {
        if let Some(rustls::Error::InvalidCertificate(_)) = tls_error(&error) {
            Self::Untrusted(error)
        } else if error.is_connect() {
            Self::Unreachable(error)
        } else {
            Self::BrokenOff(error)
        }
    }

    /// The same as the error of a vendor method. Never 409 or 503: Ironic's clients repeat a call
    /// that was answered so, and here part of it may have happened.
    pub(crate) fn with_status(self, status: u16) -> Error {
        VendorPassthruException::of(self).with_status(status).into()
    }
}

impl From<RedfishError> for Error {
    /// 500, as Ironic answers, but for an argument that the BMC has no use for.
    fn from(error: RedfishError) -> Self {
        match error {
            RedfishError::NoVirtualMedia | RedfishError::EventTypes { .. } => {
                Self::InvalidParameterValue(error.to_string())
            }
            _ => error.with_status(500),
        }
    }
}

/// The error of `rustls` among the causes; those of the operating system hide what they hold.
fn tls_error<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a rustls::Error> {
    if let Some(error) = error.downcast_ref() {
        return Some(error);
    }
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(held) => tls_error(held),
        None => tls_error(error.source()?),
    }
}

/// What a BMC said of a request that it refused: for the log, without the secrets it was told.
#[derive(Debug, thiserror::Error)]
#[error("the BMC says: {0}")]
pub struct BmcSays(String);

/// How much of it is kept.
const KEPT: usize = 1000;

#[derive(Default, Deserialize)]
struct Refusal {
    error: Reasons,
}

#[derive(Default, Deserialize)]
struct Reasons {
    #[serde(default)]
    code: String,
    #[serde(default)]
    message: String,
    #[serde(default, rename = "@Message.ExtendedInfo")]
    extended: Vec<Reason>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Reason {
    #[serde(default)]
    message_id: String,
    #[serde(default)]
    message: String,
}

impl BmcSays {
    /// Everything it said, but for the password.
    pub(crate) fn all(body: &[u8], password: Option<&SecretString>) -> Self {
        let Reasons { code, message, extended } = reasons(body);
        let mut texts = vec![code, message];
        texts.extend(extended.into_iter().flat_map(|reason| [reason.message_id, reason.message]));
        texts.retain(|text| !text.is_empty());
        let mut said = texts.join("; ");
        let password = password.map_or("", |password| password.expose_secret());
        if !password.is_empty() {
            said = said.replace(password, "***");
        }
        Self(said.chars().filter(|c| !c.is_control()).take(KEPT).collect())
    }

    /// The names of its reasons alone, where it may repeat a secret that it was told.
    pub(crate) fn codes(body: &[u8]) -> Self {
        let Reasons { code, extended, .. } = reasons(body);
        let codes = extended.into_iter().map(|reason| reason.message_id);
        let codes = std::iter::once(code).chain(codes).filter(|code| is_code(code));
        Self(codes.collect::<Vec<_>>().join("; ").chars().take(KEPT).collect())
    }
}

fn reasons(body: &[u8]) -> Reasons {
    serde_json::from_slice::<Refusal>(body).unwrap_or_default().error
}

/// Such as `Base.1.12.PropertyValueNotInList`.
fn is_code(text: &str) -> bool {
    let good = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_';
    text.contains('.') && text.len() <= 100 && text.chars().all(good)
}
