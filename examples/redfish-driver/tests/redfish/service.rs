//! A small Redfish service on loopback: a machine with virtual media, an event service and an
//! iDRAC's job queue, behind basic authentication. It stands alone, to be included by other tests.

use std::collections::{BTreeMap, HashMap};
use std::future::IntoFuture;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use axum::serve::Listener;
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub(crate) const USERNAME: &str = "admin";
pub(crate) const PASSWORD: &str = "p4ssw0rd";
const AUTHORIZATION: &str = "Basic YWRtaW46cDRzc3cwcmQ=";

pub(crate) const SYSTEM: &str = "/redfish/v1/Systems/1";
pub(crate) const SYSTEM_CD: &str = "/redfish/v1/Systems/1/VirtualMedia/Cd";
pub(crate) const MANAGER: &str = "/redfish/v1/Managers/BMC";
pub(crate) const MANAGER_USB: &str = "/redfish/v1/Managers/BMC/VirtualMedia/Usb";
pub(crate) const EVENTS: &str = "/redfish/v1/EventService";
pub(crate) const SUBSCRIPTIONS: &str = "/redfish/v1/EventService/Subscriptions";
pub(crate) const JOBS: &str = "/redfish/v1/Managers/BMC/Oem/Dell/Jobs";

/// The service; it stops when this is dropped.
pub(crate) struct Service {
    /// Where it is, such as `http://127.0.0.1:12345`.
    pub(crate) url: String,
    state: Arc<Inner>,
    server: JoinHandle<()>,
}

struct Inner {
    resources: Mutex<BTreeMap<String, Value>>,
    answers: Mutex<HashMap<String, Canned>>,
    requests: Mutex<Vec<Request>>,
}

/// A request that it got.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// Such as `GET /redfish/v1/`.
    pub(crate) line: String,
    pub(crate) authorization: Option<String>,
    pub(crate) body: Value,
}

/// An answer of the test's own.
#[derive(Clone, Debug)]
pub(crate) enum Canned {
    /// With this status, `Location` if it is not empty, and body.
    Answer(u16, String, String),
    /// None, for ever.
    Nothing,
}

impl Service {
    /// A service over plain HTTP.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        Self::on(listener, format!("http://{address}"))
    }

    /// A service on a listener of the test's own, such as one with TLS.
    pub(crate) fn on(listener: impl Listener<Addr = SocketAddr>, url: String) -> Self {
        let state = Arc::new(Inner {
            resources: Mutex::new(resources()),
            answers: Mutex::default(),
            requests: Mutex::default(),
        });
        let app = Router::new().fallback(handle).with_state(Arc::clone(&state));
        let server = axum::serve(listener, app).into_future();
        Self { url, state, server: tokio::spawn(async { server.await.unwrap() }) }
    }

    /// What a node with this BMC has in its `driver_info`.
    pub(crate) fn driver_info(&self) -> Map<String, Value> {
        driver_info(&self.url)
    }

    /// Answers this request so, such as `GET /redfish/v1/`, whoever asks.
    pub(crate) fn answer(&self, line: &str, canned: Canned) {
        self.state.answers.lock().unwrap().insert(line.to_owned(), canned);
    }

    /// The resources, to be looked at and changed.
    pub(crate) fn resources(&self) -> MutexGuard<'_, BTreeMap<String, Value>> {
        self.state.resources.lock().unwrap()
    }

    /// Everything that was asked so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.state.requests.lock().unwrap().clone()
    }

    /// The same, that reads nothing, as lines.
    pub(crate) fn changes(&self) -> Vec<String> {
        let lines = self.requests().into_iter().map(|request| request.line);
        lines.filter(|line| !line.starts_with("GET ")).collect()
    }
}

/// What a node with a BMC at this address has in its `driver_info`.
pub(crate) fn driver_info(url: &str) -> Map<String, Value> {
    let info = json!({
        "redfish_address": url,
        "redfish_username": USERNAME,
        "redfish_password": PASSWORD,
    });
    info.as_object().unwrap().clone()
}

impl Drop for Service {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn resources() -> BTreeMap<String, Value> {
    let link = |path: &str| json!({"@odata.id": path});
    let collection =
        |members: &[&str]| json!({"Members": members.iter().map(|m| link(m)).collect::<Vec<_>>()});
    let media = |path: &str, types: Value| {
        json!({
            "@odata.id": path, "Name": "Virtual media", "MediaTypes": types, "Inserted": true,
            "Image": "http://images.example.com/boot.iso",
            "Actions": {"#VirtualMedia.EjectMedia": {
                "target": format!("{path}/Actions/VirtualMedia.EjectMedia"),
            }},
        })
    };
    let job = |id: &str, state: &str, percent: u32| {
        json!({
            "@odata.id": format!("{JOBS}/{id}"), "Id": id, "Name": "Configure: BIOS.Setup.1-1",
            "JobState": state, "PercentComplete": percent, "Message": "Job scheduled successfully.",
            "StartTime": "2026-01-02T03:04:05", "EndTime": "TIME_NA",
        })
    };
    let all = [
        (
            "/redfish/v1/",
            json!({
                "Id": "RootService", "Systems": link("/redfish/v1/Systems"),
                "EventService": link(EVENTS),
            }),
        ),
        ("/redfish/v1/Systems", collection(&[SYSTEM])),
        (
            SYSTEM,
            json!({
                "Id": "1", "VirtualMedia": link("/redfish/v1/Systems/1/VirtualMedia"),
                "Links": {"ManagedBy": [link(MANAGER)]},
            }),
        ),
        ("/redfish/v1/Systems/1/VirtualMedia", collection(&[SYSTEM_CD])),
        (SYSTEM_CD, media(SYSTEM_CD, json!(["CD", "DVD"]))),
        (
            MANAGER,
            json!({
                "Id": "BMC", "VirtualMedia": link("/redfish/v1/Managers/BMC/VirtualMedia"),
                "Links": {"Oem": {"Dell": {"Jobs": link(JOBS)}}},
            }),
        ),
        ("/redfish/v1/Managers/BMC/VirtualMedia", collection(&[MANAGER_USB])),
        (MANAGER_USB, media(MANAGER_USB, json!(["USBStick"]))),
        (
            EVENTS,
            json!({
                "Subscriptions": link(SUBSCRIPTIONS),
                "EventTypesForSubscription": ["Alert", "StatusChange"],
            }),
        ),
        (SUBSCRIPTIONS, collection(&[])),
        (JOBS, collection(&[&format!("{JOBS}/JID_1"), &format!("{JOBS}/JID_2")])),
        (&format!("{JOBS}/JID_1"), job("JID_1", "Completed", 100)),
        (&format!("{JOBS}/JID_2"), job("JID_2", "Scheduled", 0)),
    ];
    all.into_iter().map(|(path, resource)| (path.to_owned(), resource)).collect()
}

async fn handle(
    State(state): State<Arc<Inner>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let authorization =
        headers.get("authorization").map(|value| value.to_str().unwrap().to_owned());
    let is_authorized = authorization.as_deref() == Some(AUTHORIZATION);
    let line = format!("{method} {uri}");
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let request = Request { line: line.clone(), authorization, body: body.clone() };
    state.requests.lock().unwrap().push(request);

    let canned = state.answers.lock().unwrap().get(&line).cloned();
    match canned {
        Some(Canned::Answer(status, location, body)) => return answer(status, &location, body),
        Some(Canned::Nothing) => return std::future::pending().await,
        None => {}
    }
    if !is_authorized && uri.path() != "/redfish/v1/" {
        return refused(401, "Base.1.0.NoValidSession", "There is no valid session.");
    }
    let mut resources = state.resources.lock().unwrap();
    match method {
        Method::GET => get(&resources, &uri),
        Method::POST if uri.path() == SUBSCRIPTIONS => subscribe(&mut resources, body),
        Method::POST => eject(&mut resources, uri.path()),
        Method::DELETE => delete(&mut resources, uri.path()),
        _ => refused(405, "Base.1.0.OperationNotAllowed", "The operation is not allowed."),
    }
}

fn get(resources: &BTreeMap<String, Value>, uri: &Uri) -> Response<Body> {
    let Some(mut resource) = resources.get(uri.path()).cloned() else { return missing() };
    if uri.query().is_some_and(|query| query.starts_with("$expand=")) {
        for member in resource["Members"].as_array_mut().unwrap() {
            *member = resources[member["@odata.id"].as_str().unwrap()].clone();
        }
    }
    answer(200, "", resource.to_string())
}

fn subscribe(resources: &mut BTreeMap<String, Value>, mut new: Value) -> Response<Body> {
    let id = (resources.len()).to_string();
    let path = format!("{SUBSCRIPTIONS}/{id}");
    new["@odata.id"] = json!(path);
    new["Id"] = json!(id);
    new["HttpHeaders"] = json!([]);
    let body = new.to_string();
    resources.insert(path.clone(), new);
    members(resources).push(json!({"@odata.id": path}));
    answer(201, &path, body)
}

fn eject(resources: &mut BTreeMap<String, Value>, path: &str) -> Response<Body> {
    let device = path.strip_suffix("/Actions/VirtualMedia.EjectMedia");
    let Some(device) = device.and_then(|path| resources.get_mut(path)) else { return missing() };
    if device["Inserted"] != json!(true) {
        return refused(400, "VRM.1.0.NoMedia", "No virtual media device is connected.");
    }
    device["Inserted"] = json!(false);
    answer(204, "", String::new())
}

fn delete(resources: &mut BTreeMap<String, Value>, path: &str) -> Response<Body> {
    if !path.starts_with(SUBSCRIPTIONS) || resources.remove(path).is_none() {
        return missing();
    }
    members(resources).retain(|member| member["@odata.id"] != json!(path));
    answer(204, "", String::new())
}

fn members(resources: &mut BTreeMap<String, Value>) -> &mut Vec<Value> {
    resources.get_mut(SUBSCRIPTIONS).unwrap()["Members"].as_array_mut().unwrap()
}

fn missing() -> Response<Body> {
    refused(404, "Base.1.0.ResourceMissingAtURI", "The resource was not found.")
}

fn refused(status: u16, id: &str, message: &str) -> Response<Body> {
    let info = json!([{"MessageId": id, "Message": message}]);
    let error = json!({"error": {"code": "Base.1.0.GeneralError", "@Message.ExtendedInfo": info}});
    answer(status, "", error.to_string())
}

fn answer(status: u16, location: &str, body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    if !location.is_empty() {
        response.headers_mut().insert("location", location.parse().unwrap());
    }
    response
}
