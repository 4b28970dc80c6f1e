//! What a request asks of a page.
//! A query parameter that no page knows is passed over, as clients send many.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Query, Request};
use axum::http::HeaderMap;
use axum::http::header::HOST;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use vendor_passthru::http::{ApiVersion, MIN_VERSION};
use vendor_passthru::{Error, Result, Uuid};

/// What the path names, on pages of one thing.
pub(super) type Ident = Result<Option<Path<String>>, PathRejection>;

/// A request, read.
pub(super) struct Asked {
    pub(super) version: ApiVersion,
    /// What links begin with.
    pub(super) base: String,
    /// What the path names; empty on pages of many things.
    pub(super) ident: String,
    /// Whether everything about many things is wanted.
    pub(super) detail: bool,
    /// The fields that are wanted, if not all of them.
    pub(super) fields: Option<Vec<String>>,
    /// How many things are wanted at most.
    pub(super) limit: Option<usize>,
    /// The last node of the page before.
    pub(super) marker: Option<Uuid>,
    /// All query parameters; one with the name of a field says which things are wanted.
    filters: Vec<(String, String)>,
    /// The same as they came.
    query: String,
}

#[derive(Deserialize)]
struct Parameters {
    detail: Option<String>,
    fields: Option<String>,
    limit: Option<usize>,
    marker: Option<Uuid>,
}

impl Asked {
    pub(super) fn read(ident: Ident, request: &Request) -> Result<Self> {
        let ident = ident.map_err(|error| invalid(error.body_text()))?;
        let parameters: Parameters = query(request)?;
        Ok(Self {
            version: request.extensions().get().copied().unwrap_or(MIN_VERSION),
            base: base(request.headers()),
            ident: ident.map(|Path(ident)| ident).unwrap_or_default(),
            detail: parameters.detail.is_some_and(|detail| is_true(&detail)),
            fields: parameters.fields.map(|list| list.split(',').map(str::to_owned).collect()),
            // Ironic takes 0 for no limit.
            limit: parameters.limit.filter(|limit| *limit > 0),
            marker: parameters.marker,
            filters: query(request)?,
            query: request.uri().query().unwrap_or_default().to_owned(),
        })
    }

    /// Whether a thing has the values that are asked for, where it has such fields.
    pub(super) fn wants(&self, thing: &Value) -> bool {
        self.filters.iter().all(|(field, wanted)| match thing.get(field) {
            None => true,
            Some(Value::String(text)) => text == wanted,
            Some(other) => other.to_string().eq_ignore_ascii_case(wanted),
        })
    }

    /// The same list after this node.
    pub(super) fn next(&self, path: &str, last: Uuid) -> String {
        let others = self.query.split('&').filter(|pair| !pair.starts_with("marker="));
        let others: Vec<_> = others.collect();
        format!("{}/v1/{path}?{}&marker={last}", self.base, others.join("&"))
    }

    /// Leaves the fields that are wanted; links always are.
    pub(super) fn only_wanted(&self, mut thing: Value) -> Value {
        if let (Some(fields), Some(thing)) = (&self.fields, thing.as_object_mut()) {
            thing.retain(|key, _| key == "links" || fields.contains(key));
        }
        thing
    }
}

fn query<T: DeserializeOwned>(request: &Request) -> Result<T> {
    let query = Query::try_from_uri(request.uri());
    query.map(|Query(read)| read).map_err(|error| invalid(error.body_text()))
}

fn invalid(message: String) -> Error {
    Error::InvalidParameterValue(message)
}

/// The server as the client calls it; without a name, links are relative to it.
fn base(headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    host.map(|host| format!("http://{host}")).unwrap_or_default()
}

/// Python's clients write `True`.
fn is_true(text: &str) -> bool {
    ["true", "t", "1", "yes", "y", "on"].contains(&text.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use serde_json::json;

    use super::*;

    fn asked(query: &str) -> Result<Asked> {
        Asked::read(
            Ok(None),
            &Request::get(format!("/v1/nodes?{query}")).body(Body::empty()).unwrap(),
        )
    }

    #[test]
    fn parameters_that_clients_send_are_taken() {
        let asked = asked("detail=True&limit=0&sort_key=name&sort_dir=asc&associated=1").unwrap();
        assert!(asked.detail);
        assert_eq!((asked.limit, asked.marker), (None, None));
    }

    #[test]
    fn parameters_that_cannot_be_meant_are_refused() {
        for query in ["limit=-1", "limit=x", "marker=node", "limit=1&limit=2"] {
            let error = asked(query).err().unwrap();
            assert_eq!(error.status(), 400, "{query}: {error}");
        }
    }

    #[test]
    fn fields_leave_the_links() {
        let thing = json!({"uuid": 1, "name": 2, "links": []});
        let wanted = asked("fields=name,owner").unwrap().only_wanted(thing.clone());
        assert_eq!(wanted, json!({"name": 2, "links": []}));
        assert_eq!(asked("").unwrap().only_wanted(thing.clone()), thing);
    }

    #[test]
    fn the_next_page_is_asked_for_as_this_one_was() {
        let (first, second) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let asked = asked(&format!("limit=2&marker={first}&driver=a%26b")).unwrap();
        let next = asked.next("nodes", second);
        assert_eq!(next, format!("/v1/nodes?limit=2&driver=a%26b&marker={second}"));
    }

    #[test]
    fn a_filter_counts_where_there_is_such_a_field() {
        let thing = json!({"driver": "example", "maintenance": false});
        for (query, wanted) in [
            ("driver=example&maintenance=False", true),
            ("driver=fake-hardware", false),
            ("maintenance=True", false),
            ("resource_class=large", true),
        ] {
            assert_eq!(asked(query).unwrap().wants(&thing), wanted, "{query}");
        }
    }
}
