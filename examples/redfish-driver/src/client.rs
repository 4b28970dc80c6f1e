//! A Redfish client for the length of one call: JSON over HTTP, from link to link.
//! It talks to the BMC and to nobody else, reads bounded answers, and ends in time.

use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder, StatusCode, Url};
use secrecy::ExposeSecret;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use crate::RedfishError;
use crate::driver_info::Bmc;
use crate::error::BmcSays;
use crate::tls;

/// The job queue of an iDRAC, the largest answer there is, has a few hundred kilobytes.
const LARGEST_ANSWER: usize = 4 << 20;

/// A BMC that is up takes a connection at once.
const CONNECT: Duration = Duration::from_secs(5);

/// How often a BMC may send a request on to another of its own paths.
const REDIRECTS: usize = 3;

/// How many parts a collection may come in.
const PAGES: usize = 20;

/// A link stands in messages too.
const LONGEST_LINK: usize = 1000;

type Result<T = (), E = RedfishError> = std::result::Result<T, E>;

/// A BMC, for one call.
#[derive(Debug)]
pub(crate) struct Client {
    http: reqwest::Client,
    bmc: Bmc,
    limit: Duration,
    deadline: Instant,
}

/// A link to a resource (`@odata.id`), or the target of an action.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(from = "Written")]
pub(crate) struct Link(String);

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Target(String),
    Link {
        #[serde(rename = "@odata.id")]
        path: String,
    },
}

impl From<Written> for Link {
    fn from(written: Written) -> Self {
        let (Written::Target(path) | Written::Link { path }) = written;
        Self(path)
    }
}

impl Link {
    /// A member of a collection. Not every BMC ends the path of a collection in a slash, or not.
    pub(crate) fn member(&self, id: &str) -> Self {
        Self(format!("{}/{id}", self.0.trim_end_matches('/')))
    }

    /// A collection with its members, and not only with links to them.
    pub(crate) fn expanded(&self) -> Self {
        Self(format!("{}?$expand=*($levels=1)", self.0))
    }
}

/// What a BMC answered to a POST.
#[derive(Debug)]
pub(crate) struct Created {
    pub(crate) location: Option<Link>,
    pub(crate) body: Value,
}

struct Answer {
    url: Url,
    status: StatusCode,
    location: Option<String>,
    body: Vec<u8>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", bound = "T: Deserialize<'de>")]
struct Page<T> {
    members: Vec<T>,
    #[serde(rename = "Members@odata.nextLink")]
    next: Option<Link>,
}

impl Client {
    pub(crate) async fn new(bmc: Bmc, limit: Duration) -> Result<Self> {
        let deadline = Instant::now() + limit;
        let built = tokio::task::spawn_blocking(move || Ok((http(&bmc)?, bmc))).await;
        let (http, bmc) = built.map_err(|error| RedfishError::Client(error.into()))??;
        Ok(Self { http, bmc, limit, deadline })
    }

    /// The node's own system, if the node names it.
    pub(crate) fn system(&self) -> Option<Link> {
        self.bmc.system.clone().map(Link)
    }

    pub(crate) async fn root<T: DeserializeOwned>(&self) -> Result<T> {
        self.get(&Link(self.bmc.root.path().to_owned())).await
    }

    pub(crate) async fn get<T: DeserializeOwned>(&self, link: &Link) -> Result<T> {
        let mut url = self.url(&link.0)?;
        for _ in 0..=REDIRECTS {
            let answer = self.send(Method::GET, url, |r| r).await?;
            if !answer.status.is_redirection() {
                return self.good(&Method::GET, answer)?.json();
            }
            url = self.redirected(&answer)?;
        }
        Err(RedfishError::Redirected(url.path().to_owned()))
    }

    /// All members of a collection, in whatever parts they come.
    pub(crate) async fn members<T: DeserializeOwned>(&self, collection: &Link) -> Result<Vec<T>> {
        let mut all = Vec::new();
        let mut next = Some(collection.clone());
        for _ in 0..PAGES {
            let Some(link) = next else { return Ok(all) };
            let mut page: Page<T> = self.get(&link).await?;
            all.append(&mut page.members);
            next = page.next;
        }
        Err(RedfishError::TooManyParts(PAGES))
    }

    pub(crate) async fn post(&self, link: &Link, body: &impl Serialize) -> Result<Created> {
        let answer = self.send(Method::POST, self.url(&link.0)?, |r| r.json(body)).await?;
        Ok(self.good(&Method::POST, answer)?.created())
    }

    /// The same with a body that carries secrets: of what the BMC says, nothing is kept that may
    /// repeat them.
    pub(crate) async fn post_secrets(&self, link: &Link, body: &impl Serialize) -> Result<Created> {
        let answer = self.send(Method::POST, self.url(&link.0)?, |r| r.json(body)).await?;
        Ok(answer.good(&Method::POST, BmcSays::codes)?.created())
    }

    pub(crate) async fn delete(&self, link: &Link) -> Result {
        let answer = self.send(Method::DELETE, self.url(&link.0)?, |r| r).await?;
        self.good(&Method::DELETE, answer).map(drop)
    }

    /// The address of a link at the BMC itself, whatever host the link names: the password goes
    /// nowhere else.
    fn url(&self, link: &str) -> Result<Url> {
        let there = join(&self.bmc.root, link).ok_or(RedfishError::BadLink)?;
        let mut url = self.bmc.root.clone();
        url.set_path(there.path());
        url.set_query(there.query());
        Ok(url)
    }

    fn redirected(&self, answer: &Answer) -> Result<Url> {
        let to = answer.location.as_ref().and_then(|location| join(&answer.url, location));
        to.filter(|to| to.origin() == self.bmc.root.origin())
            .ok_or_else(|| RedfishError::Redirected(answer.path()))
    }

    fn good(&self, method: &Method, answer: Answer) -> Result<Answer> {
        let password = self.bmc.password.as_ref();
        answer.good(method, |body| BmcSays::all(body, password))
    }

    async fn send(
        &self,
        method: Method,
        url: Url,
        with: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Result<Answer> {
        let mut request = self.http.request(method, url);
        if let Some(username) = &self.bmc.username {
            let password = self.bmc.password.as_ref().map(ExposeSecret::expose_secret);
            request = request.basic_auth(username, password);
        }
        let answer = timeout_at(self.deadline, receive(with(request)));
        answer.await.map_err(|_| RedfishError::TimedOut(self.limit))?
    }
}

impl Answer {
    fn good(self, method: &Method, says: impl FnOnce(&[u8]) -> BmcSays) -> Result<Self> {
        match self.status {
            status if status.is_success() => Ok(self),
            status if status.is_redirection() => Err(RedfishError::Redirected(self.path())),
            StatusCode::UNAUTHORIZED => Err(RedfishError::Unauthorized),
            status => {
                let (method, path, source) = (method.clone(), self.path(), says(&self.body));
                Err(RedfishError::Status { method, path, status, source })
            }
        }
    }

    fn json<T: DeserializeOwned>(&self) -> Result<T> {
        let not_understood = |source| RedfishError::NotUnderstood { path: self.path(), source };
        serde_json::from_slice(&self.body).map_err(not_understood)
    }

    /// A body is not wanted here, so one that is no JSON is as good as none.
    fn created(self) -> Created {
        let body = serde_json::from_slice(&self.body).unwrap_or_default();
        Created { location: self.location.map(Link), body }
    }

    fn path(&self) -> String {
        self.url.path().to_owned()
    }
}

fn join(base: &Url, link: &str) -> Option<Url> {
    if link.len() > LONGEST_LINK {
        return None;
    }
    base.join(link).ok()
}

fn http(bmc: &Bmc) -> Result<reqwest::Client> {
    let odata = (HeaderName::from_static("odata-version"), HeaderValue::from_static("4.0"));
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(tls::config(bmc)?)
        .default_headers(HeaderMap::from_iter([odata]))
        .connect_timeout(CONNECT)
        .redirect(Policy::none())
        .no_proxy(); // one from the environment is for the internet, and BMCs are not there
    client.build().map_err(|error| RedfishError::Client(error.into()))
}

async fn receive(request: RequestBuilder) -> Result<Answer> {
    let mut response = request.send().await.map_err(RedfishError::of_request)?;
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(RedfishError::of_request)? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            let path = response.url().path().to_owned();
            return Err(RedfishError::TooLarge { path, limit: LARGEST_ANSWER });
        }
        body.extend_from_slice(&chunk);
    }
    let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
    let location = location.map(ToOwned::to_owned);
    Ok(Answer { url: response.url().clone(), status: response.status(), location, body })
}
