//! Where a BMC is to send its events: a URL from a caller, and the conductor's rule for it.
//! What was checked is what the BMC gets: the URL as it was understood, not as it was written.

use std::fmt;
use std::sync::Arc;

use reqwest::Url;
use serde::{Deserialize, Serialize};
use vendor_passthru::{Result, VendorPassthruException};

/// An absolute `http` or `https` URL, without user and fragment.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Destination(Url);

impl Destination {
    /// The URL.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.0
    }
}

impl TryFrom<String> for Destination {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        let url = Url::parse(&text).map_err(|_| "expected an absolute URL")?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err("expected a URL with http or https");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("a URL with a user is not accepted; HttpHeaders can carry credentials");
        }
        if url.fragment().is_some() {
            return Err("expected a URL without fragment");
        }
        Ok(Self(url))
    }
}

impl From<Destination> for String {
    fn from(destination: Destination) -> Self {
        destination.0.into()
    }
}

/// A [`Destination`] with `https`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "Destination")]
pub struct HttpsDestination(pub Destination);

impl TryFrom<Destination> for HttpsDestination {
    type Error = &'static str;

    fn try_from(destination: Destination) -> Result<Self, &'static str> {
        let is_https = destination.0.scheme() == "https";
        is_https.then_some(Self(destination)).ok_or("an iDRAC sends its events over https alone")
    }
}

/// Which destinations the conductor allows.
#[derive(Clone)]
pub(crate) struct Rule(Arc<dyn Fn(&Url) -> bool + Send + Sync>);

impl Rule {
    pub(crate) fn new(allowed: impl Fn(&Url) -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(allowed))
    }

    pub(crate) fn check(&self, destination: &Destination) -> Result<()> {
        if (self.0)(destination.url()) {
            return Ok(());
        }
        let message = "this conductor does not allow the Destination";
        Err(VendorPassthruException::new(message).with_status(403).into())
    }
}

impl Default for Rule {
    fn default() -> Self {
        Self::new(|_| true)
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Rule").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json};

    use super::*;

    fn read(value: Value) -> Result<String, String> {
        let destination: Result<Destination, _> = from_value(value);
        destination.map(String::from).map_err(|error| error.to_string())
    }

    #[test]
    fn a_destination_is_an_absolute_http_url() {
        for (text, sent) in [
            ("https://events.example.com:8443/hook?node=7", None),
            ("http://192.0.2.7/", None),
            ("http://[2001:db8::1]/hook", None),
            ("HTTPS://Events.example.com", Some("https://events.example.com/")),
            ("https://a.example\\@b.example/", Some("https://a.example/@b.example/")),
            ("https://a.example/x/../y", Some("https://a.example/y")),
        ] {
            assert_eq!(read(json!(text)).as_deref(), Ok(sent.unwrap_or(text)));
        }
    }

    #[test]
    fn anything_else_is_no_destination() {
        for (value, says) in [
            (json!("events.example.com/hook"), "an absolute URL"),
            (json!("/hook"), "an absolute URL"),
            (json!("https://"), "an absolute URL"),
            (json!("https://exa mple/"), "an absolute URL"),
            (json!("ftp://events.example.com/"), "http or https"),
            (json!("file:///etc/passwd"), "http or https"),
            (json!("snmp://192.0.2.7"), "http or https"),
            (json!("https://user@events.example.com/"), "with a user"),
            (json!("https://:password@events.example.com/"), "with a user"),
            (json!("https://events.example.com/#here"), "without fragment"),
            (json!(["https://events.example.com/"]), "expected a string"),
        ] {
            let refused = read(value.clone()).unwrap_err();
            assert!(refused.contains(says), "{value}: {refused}");
        }
    }
}
