//! Event subscriptions: whom a BMC tells about its events.
//! What callers see of one is what Ironic lets them see.

use std::collections::BTreeMap;
use std::fmt;

use reqwest::header::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde::ser::{SerializeSeq, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::client::{Client, Link};
use crate::system::Root;
use crate::{Destination, RedfishError};

/// The service that tells others about events.
#[derive(Debug)]
pub(crate) struct EventService<'a> {
    client: &'a Client,
    subscriptions: Link,
    event_types: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Resource {
    subscriptions: Option<Link>,
    event_types_for_subscription: Option<Vec<String>>,
}

impl<'a> EventService<'a> {
    pub(crate) async fn of(client: &'a Client) -> Result<Self, RedfishError> {
        let root: Root = client.root().await?;
        let service = root.event_service.ok_or(RedfishError::Missing("EventService"))?;
        let service: Resource = client.get(&service).await?;
        let event_types = service.event_types_for_subscription.unwrap_or_default();
        let subscriptions = service.subscriptions.ok_or(RedfishError::Missing("Subscriptions"))?;
        Ok(Self { client, subscriptions, event_types })
    }

    /// Those of a caller; a BMC that lists none is left to judge for itself.
    pub(crate) fn check_event_types(&self, wanted: Option<&[String]>) -> Result<(), RedfishError> {
        let known = &self.event_types;
        let unknown = wanted.unwrap_or_default().iter().any(|wanted| !known.contains(wanted));
        if unknown && !known.is_empty() {
            return Err(RedfishError::EventTypes { known: known.clone() });
        }
        Ok(())
    }

    pub(crate) async fn create(&self, new: &NewSubscription) -> Result<Subscription, RedfishError> {
        let created = self.client.post_secrets(&self.subscriptions, new).await?;
        if let Value::Object(fields) = created.body
            && fields.contains_key("Id")
        {
            return Ok(Subscription::from(fields));
        }
        let link = created.location.ok_or(RedfishError::CreatedUnread(None))?;
        let unread = |error| RedfishError::CreatedUnread(Some(Box::new(error)));
        let fields: Map<String, Value> = self.client.get(&link).await.map_err(unread)?;
        Ok(fields.into())
    }

    /// The collection, as the BMC has it.
    pub(crate) async fn subscriptions(&self) -> Result<Map<String, Value>, RedfishError> {
        self.client.get(&self.subscriptions).await
    }

    pub(crate) async fn subscription(
        &self,
        id: &SubscriptionId,
    ) -> Result<Subscription, RedfishError> {
        let fields: Map<String, Value> = self.client.get(&self.subscriptions.member(&id.0)).await?;
        Ok(fields.into())
    }

    async fn delete(&self, id: &SubscriptionId) -> Result<(), RedfishError> {
        self.client.delete(&self.subscriptions.member(&id.0)).await
    }
}

pub(crate) async fn delete(client: &Client, id: &SubscriptionId) -> Result<(), RedfishError> {
    EventService::of(client).await?.delete(id).await
}

/// A subscription as a BMC wants it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct NewSubscription {
    destination: Destination,
    protocol: String,
    context: String,
    event_types: Vec<String>,
    #[serde(skip_serializing_if = "HttpHeaders::is_empty")]
    http_headers: HttpHeaders,
}

impl NewSubscription {
    pub(crate) fn new(
        destination: Destination,
        protocol: String,
        context: String,
        event_types: Option<Vec<String>>,
        http_headers: Option<HttpHeaders>,
    ) -> Self {
        let event_types = event_types.unwrap_or_else(|| vec!["Alert".to_owned()]);
        let http_headers = http_headers.unwrap_or_default();
        Self { destination, protocol, context, event_types, http_headers }
    }
}

/// The headers that a BMC sends with each event. Their values are secrets: most are tokens.
#[derive(Default, Deserialize)]
#[serde(try_from = "Vec<BTreeMap<String, SecretString>>")]
pub struct HttpHeaders(Vec<BTreeMap<String, SecretString>>);

impl HttpHeaders {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl TryFrom<Vec<BTreeMap<String, SecretString>>> for HttpHeaders {
    type Error = &'static str;

    fn try_from(headers: Vec<BTreeMap<String, SecretString>>) -> Result<Self, &'static str> {
        let mut all = headers.iter().flatten();
        let good = all.all(|(name, value)| {
            HeaderName::from_bytes(name.as_bytes()).is_ok()
                && HeaderValue::from_str(value.expose_secret()).is_ok()
        });
        good.then_some(Self(headers)).ok_or("a name or a value cannot stand in an HTTP header")
    }
}

impl Serialize for HttpHeaders {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for headers in &self.0 {
            let plain = headers.iter().map(|(name, value)| (name, value.expose_secret()));
            list.serialize_element(&plain.collect::<BTreeMap<_, _>>())?;
        }
        list.end()
    }
}

impl fmt::Debug for HttpHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("HttpHeaders").finish_non_exhaustive()
    }
}

/// What names a subscription on its BMC: one segment of a path, and not one that leads elsewhere.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "String")]
pub struct SubscriptionId(String);

impl TryFrom<String> for SubscriptionId {
    type Error = &'static str;

    fn try_from(id: String) -> Result<Self, &'static str> {
        let is_segment = id.chars().all(|c| c.is_ascii_alphanumeric() || "-._~:@+=".contains(c));
        if !is_segment || !(1..=256).contains(&id.len()) || id == "." || id == ".." {
            return Err("expected the Id of a subscription: letters, digits and -._~:@+= alone");
        }
        Ok(Self(id))
    }
}

/// A subscription, with those of its fields that callers see.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Subscription(Map<String, Value>);

impl From<Map<String, Value>> for Subscription {
    fn from(mut fields: Map<String, Value>) -> Self {
        let seen = ["Id", "Context", "Protocol", "Destination", "EventTypes"];
        fields.retain(|name, _| seen.contains(&name.as_str()));
        Self(fields)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;

    #[test]
    fn an_id_is_one_segment_of_a_path() {
        for id in ["1", "aa618a32-9335-42bc-a04b-20ddeed13ade", "Event_1.0", "a:b@c", "..."] {
            assert_eq!(from_value::<SubscriptionId>(json!(id)).unwrap(), SubscriptionId(id.into()));
        }
    }

    #[test]
    fn an_id_cannot_leave_the_collection() {
        let long = "1".repeat(257);
        for id in [
            "", ".", "..", "../1", "1/..", "/", "a/b", "a\\b", "1?x=1", "1#x", "%2e%2e", "%2F",
            "1 ", "1\n", "ü", &long,
        ] {
            assert!(from_value::<SubscriptionId>(json!(id)).is_err(), "{id:?}");
        }
        assert!(from_value::<SubscriptionId>(json!(1)).is_err());
    }

    #[test]
    fn headers_are_sent_whole_and_shown_to_nobody() {
        let sent = json!([{"Authorization": "Bearer s3cret"}, {"X-Node": "7"}]);
        let headers: HttpHeaders = from_value(sent.clone()).unwrap();
        assert_eq!(serde_json::to_value(&headers).unwrap(), sent);
        assert_eq!(format!("{headers:?}"), "HttpHeaders(..)");
    }

    #[test]
    fn what_is_no_header_is_refused_in_words_without_it() {
        for headers in [
            json!([{"X-Token": "s3cret\r\nX-Other: 1"}]),
            json!([{"X Token": "s3cret"}]),
            json!([{"": "s3cret"}]),
        ] {
            let refused = from_value::<HttpHeaders>(headers).unwrap_err().to_string();
            assert_eq!(refused, "a name or a value cannot stand in an HTTP header");
        }
    }
}
