//! What can go wrong with a call, under Ironic's names, with a status each.
//! The text is what a client may read; sources go to the log alone.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::StatusCode;
use uuid::Uuid;

use crate::arguments::InvalidArguments;
use crate::driver_info::InvalidDriverInfo;
use crate::lock_store::Reservation;
use crate::node_store::StoreError;
use crate::run::caught;
use crate::text::{List, Quoted, nearest};
use crate::{HttpMethod, Interruption};

/// The result of everything here; of a vendor method too, unless its author names another
/// error type.
pub type Result<T = (), E = Error> = std::result::Result<T, E>;

/// Why a call was refused or failed.
///
/// The `Display` text is public: it reaches the client as Ironic's `faultstring`. What a client
/// must not see is in [`source`](StdError::source), which is only logged. The number is the HTTP
/// [`status`](Self::status); under each stands who does what about it.
///
/// A driver makes [`InvalidParameterValue`](Self::InvalidParameterValue),
/// [`MissingParameterValue`](Self::MissingParameterValue) and
/// [`VendorPassthruException`](Self::VendorPassthruException); the others come from the library.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A value is not acceptable. 400.
    ///
    /// The caller sends another one. A check of nothing but the value belongs into its type, and is
    /// then made [before the node is locked](macro@crate::passthru#signature).
    #[error("{0}")]
    InvalidParameterValue(String),

    /// A value is missing. 400.
    ///
    /// The caller sends it, or an operator sets it on the node. A parameter that is no `Option` and
    /// has no default is asked for [by itself](macro@crate::passthru#signature).
    #[error("{0}")]
    MissingParameterValue(String),

    /// The arguments of a call do not fit its method. 400.
    ///
    /// The caller mends all that [`problems`](InvalidArguments::problems) names; nothing has run.
    /// [Why is an argument refused that Ironic
    /// takes?](crate::_faq#why-is-an-argument-refused-that-ironic-takes)
    #[doc(alias = "400")]
    #[error(transparent)]
    InvalidArguments(#[from] InvalidArguments),

    /// The node's `driver_info` is not what its vendor interface needs. 400.
    ///
    /// An operator mends all that [`problems`](InvalidDriverInfo::problems) names, on the node.
    /// [`Registry::properties`](crate::Registry::properties) says what each property is.
    #[error(transparent)]
    InvalidDriverInfo(#[from] InvalidDriverInfo),

    /// The body of a request is not a JSON object. 400.
    ///
    /// The caller sends one, within the [limits](crate::_limits#requests-and-answers); no arguments
    /// are `{}` or no body.
    #[error("the request body cannot be read: {0}")]
    InvalidBody(String),

    /// The interface has no method of this name. 400, as in Ironic.
    ///
    /// The caller takes one of those that the message names, or that the
    /// [listing](crate::Dispatcher::node_methods) has. If one is missing there, the node may have
    /// [another interface](crate::Node::requested_interface) than it was thought to have.
    #[error("no vendor method {}{}", Quoted(method), suggestion(method, known))]
    MethodNotFound {
        /// The name that was asked for.
        method: String,
        /// The names there are.
        known: Vec<&'static str>,
    },

    /// The method cannot be called with this verb. 400, as in Ironic, with an `Allow` header.
    ///
    /// The caller takes one of those that the message names: those of the key
    /// [`methods`](macro@crate::passthru#keys).
    #[error(
        "the method `{method}` does not support HTTP {http_method}; it supports {}",
        verbs(allowed)
    )]
    HttpMethodNotSupported {
        /// The public name of the method.
        method: &'static str,
        /// The verb that was asked for.
        http_method: HttpMethod,
        /// The verbs there are.
        allowed: &'static [HttpMethod],
    },

    /// The driver lacks something. 400.
    ///
    /// For a driver to say so of its hardware: the caller does without. The library makes none.
    #[error("driver {} does not support {extension}", Quoted(driver))]
    UnsupportedDriverExtension {
        /// The driver's name.
        driver: String,
        /// What was asked of it.
        extension: String,
    },

    /// No interface of this name is linked in. 400.
    ///
    /// An operator sets one of those that the message names as the node's `vendor_interface`, or the
    /// conductor [links](crate::_faq#why-is-my-driver-not-found) the crate that has it.
    #[error(
        "no vendor interface {} is linked into this conductor; linked: {}",
        Quoted(interface),
        List(known)
    )]
    InterfaceNotFound {
        /// The name that was asked for.
        interface: String,
        /// The interfaces there are.
        known: Vec<&'static str>,
    },

    /// The interface does not support the node's driver. 400.
    ///
    /// An operator gives the node another `vendor_interface`, or another driver. Which interfaces a
    /// driver has: [`Registry::interfaces`](crate::Registry::interfaces).
    #[error("vendor interface {} is not supported by driver {}", Quoted(interface), Quoted(driver))]
    IncompatibleInterface {
        /// The interface's name.
        interface: String,
        /// The driver's name.
        driver: String,
    },

    /// The caller may not do this. 403.
    ///
    /// Somebody calls who may, or the conductor's `http::Authorizer` learns better. [Who may call
    /// what?](crate::_faq#who-may-call-what)
    #[doc(alias = "403")]
    #[error("access was denied to {0}")]
    Forbidden(String),

    /// No node of this UUID or name. 404.
    ///
    /// The caller names another one. Over HTTP, names are known from API version 1.5 on; before that
    /// only UUIDs work. A caller who may not see a node is answered the same.
    #[doc(alias = "404")]
    #[error("node {node} could not be found")]
    NodeNotFound {
        /// The node as the caller named it, quoted and cut.
        node: String,
    },

    /// No such driver is linked in and enabled. 404.
    ///
    /// If it is linked, the conductor [enables](crate::RegistryBuilder::enabled_drivers) it; else it
    /// says `use my_driver as _;`. [Why is my driver not
    /// found?](crate::_faq#why-is-my-driver-not-found)
    #[doc(alias = "404")]
    #[error("{}", driver_not_found(driver, *linked, known))]
    DriverNotFound {
        /// The name that was asked for.
        driver: String,
        /// Whether its crate is linked in, but the conductor does not enable it.
        linked: bool,
        /// The drivers that are linked in.
        known: Vec<&'static str>,
    },

    /// The API version or the `Accept` header cannot be served. 406.
    ///
    /// The caller asks for a version that the answer's headers name, and accepts
    /// `application/json`. [Which clients work, and which versions of the
    /// API?](crate::_faq#which-clients-work-and-which-versions-of-the-api)
    #[doc(alias = "406")]
    #[error("{0}")]
    NotAcceptable(String),

    /// Someone else holds the node's exclusive lock. 409.
    ///
    /// The caller repeats the call later, as Ironic's clients do by themselves. [Why is the answer
    /// 409, and how long was waited?](crate::_faq#why-is-the-answer-409-and-how-long-was-waited)
    /// A holder that never ends is an operator's to
    /// [break](crate::Dispatcher::break_reservation).
    #[doc(alias = "409")]
    #[error("node {node} is locked by {}; please retry after that call is completed", locked_by(holder.as_deref()))]
    NodeLocked {
        /// The node.
        node: Uuid,
        /// Who holds it, for what, and since when; `None` if it changed hands this moment.
        holder: Option<Box<Reservation>>,
        /// When to try again.
        retry_after: Duration,
    },

    /// The node got another driver or vendor interface while the call waited for its lock, again
    /// and again: a call is looked up anew when that happens. 409.
    ///
    /// The caller repeats the call. A method that gets it from
    /// [`upgrade_lock`](crate::Task::upgrade_lock) returns it.
    #[doc(alias = "409")]
    #[error("driver or vendor interface of node {node} changed meanwhile; please retry")]
    NodeChanged {
        /// The node.
        node: Uuid,
    },

    /// The task's reservation is gone: nothing of it can be saved. 500, and not 409: Ironic's
    /// clients repeat a call that was answered so, and this one has run.
    ///
    /// A method that gets it ends, and returns it. The caller looks at the node and its BMC before
    /// repeating the call. [What is promised of locks](crate::_promises#locks)
    #[error("the reservation of node {node} was lost, nothing was saved")]
    ReservationLost {
        /// The node.
        node: Uuid,
    },

    /// The body of a request is larger than the limit. 413.
    ///
    /// The caller sends less, or the conductor allows more (`http::Limits`): [what the limits
    /// are](crate::_limits#requests-and-answers).
    #[doc(alias = "413")]
    #[error("the request body is larger than {limit} bytes")]
    BodyTooLarge {
        /// The limit in bytes.
        limit: usize,
    },

    /// A vendor method failed, in its author's words and with its author's status.
    ///
    /// What to do is the author's to say; the log has the causes, under the request id.
    #[doc(alias = "500")]
    #[error(transparent)]
    VendorPassthruException(#[from] VendorPassthruException),

    /// A vendor method panicked. 500.
    ///
    /// A defect of the driver: its author finds the panic in the
    /// [log](crate::_faq#where-do-logs-go-and-what-is-in-them), under the request id. How far the
    /// method came, nobody knows.
    #[error("the vendor method `{method}` panicked")]
    Panicked {
        /// The public name of the method.
        method: &'static str,
    },

    /// A vendor method's value could not be written as JSON. 500.
    ///
    /// A defect of the driver, in a `Serialize` that fails, such as a map whose keys are no texts.
    /// The method has run.
    #[error("the answer of the vendor method cannot be written as JSON")]
    Unserializable(#[source] serde_json::Error),

    /// Something else failed; the log knows what. 500.
    ///
    /// Mostly a store that could not be asked. An operator reads the
    /// [log](crate::_faq#where-do-logs-go-and-what-is-in-them) under the request id.
    #[error("internal error")]
    Internal(#[source] Box<dyn StdError + Send + Sync>),

    /// All workers are busy. 503.
    ///
    /// The method has not run: the caller repeats the call later, as Ironic's clients do by
    /// themselves. [Why is the answer 503?](crate::_faq#why-is-the-answer-503) If it happens often:
    /// [How many workers do I need?](crate::_faq#how-many-workers-do-i-need)
    #[doc(alias = "503")]
    #[error("all {limit} conductor workers{} are busy; please retry later", of_driver(driver.as_deref()))]
    NoFreeConductorWorker {
        /// How many there are for vendor methods, or for those of the driver.
        limit: usize,
        /// The driver that has used up its share; `None` if the whole pool is busy.
        driver: Option<String>,
        /// When to try again.
        retry_after: Duration,
    },

    /// The conductor is shutting down. 503.
    ///
    /// The method has not run: the caller repeats the call when the conductor is back. [Why is the
    /// answer 503?](crate::_faq#why-is-the-answer-503)
    #[doc(alias = "503")]
    #[error("the conductor is shutting down")]
    ShuttingDown,

    /// The method was cut short, and what it had begun on the BMC may or may not have happened. 504
    /// for one that ran too long, else 500; never 503 or 409, which Ironic's clients repeat.
    ///
    /// The caller looks at the node and its BMC before repeating the call. [Is a command sent to the
    /// BMC exactly once?](crate::_faq#is-a-command-sent-to-the-bmc-exactly-once) A method that needs
    /// longer has the key [`run_limit`](macro@crate::passthru#keys).
    #[doc(alias = "504")]
    #[error(
        "the vendor method `{method}` was interrupted: {interruption}; what it had begun may or \
         may not have happened"
    )]
    Interrupted {
        /// The public name of the method.
        method: &'static str,
        /// Why.
        interruption: Interruption,
    },

    /// The method did not answer in time; it runs on. 504.
    ///
    /// The caller does not repeat the call, but waits for its end. [What does 504
    /// mean?](crate::_faq#what-does-504-mean) A method that takes long is asynchronous, or has the
    /// key [`call_timeout`](macro@crate::passthru#keys).
    #[doc(alias = "504")]
    #[error("the vendor method `{method}` did not answer within {} s; it is still running", limit.as_secs_f64())]
    Timeout {
        /// The public name of the method.
        method: &'static str,
        /// The time there was.
        limit: Duration,
    },
}

impl Error {
    /// The HTTP status that Ironic answers this with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::InvalidParameterValue(_)
            | Self::MissingParameterValue(_)
            | Self::InvalidArguments(_)
            | Self::InvalidDriverInfo(_)
            | Self::InvalidBody(_)
            | Self::MethodNotFound { .. }
            | Self::HttpMethodNotSupported { .. }
            | Self::UnsupportedDriverExtension { .. }
            | Self::InterfaceNotFound { .. }
            | Self::IncompatibleInterface { .. } => StatusCode::BAD_REQUEST,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::NodeNotFound { .. } | Self::DriverNotFound { .. } => StatusCode::NOT_FOUND,
            Self::NotAcceptable(_) => StatusCode::NOT_ACCEPTABLE,
            Self::NodeLocked { .. } | Self::NodeChanged { .. } => StatusCode::CONFLICT,
            Self::BodyTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::VendorPassthruException(exception) => exception.status,
            Self::NoFreeConductorWorker { .. } | Self::ShuttingDown => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Timeout { .. }
            | Self::Interrupted { interruption: Interruption::RunLimit(_), .. } => {
                StatusCode::GATEWAY_TIMEOUT
            }
            Self::ReservationLost { .. }
            | Self::Interrupted { .. }
            | Self::Panicked { .. }
            | Self::Unserializable(_)
            | Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// When it makes sense to try again (`Retry-After`, RFC 9110, section 10.2.3).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::NodeLocked { retry_after, .. }
            | Self::NoFreeConductorWorker { retry_after, .. } => Some(*retry_after),
            _ => None,
        }
    }

    /// The verbs there are, where the wrong one was used (`Allow`, RFC 9110, section 10.2.1).
    #[must_use]
    pub fn allow(&self) -> Option<&'static [HttpMethod]> {
        match self {
            Self::HttpMethodNotSupported { allowed, .. } => Some(allowed),
            _ => None,
        }
    }

    pub(crate) fn from_store(error: StoreError, node: Uuid) -> Self {
        match error {
            StoreError::NodeNotFound => Self::NodeNotFound { node: node.to_string() },
            StoreError::Fenced => Self::ReservationLost { node },
            StoreError::Backend(source) => Self::Internal(source),
        }
    }
}

/// An error with all its causes, for the log: many a subscriber writes an error's own text alone.
pub(crate) struct Causes<'a>(pub(crate) &'a dyn StdError);

impl fmt::Display for Causes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            // What a cause says of itself is its author's code.
            let (text, next) = caught(|| (error.to_string(), error.source()))
                .unwrap_or_else(|| ("a cause that panicked".to_owned(), None));
            write!(f, ": {text}")?;
            cause = next;
        }
        Ok(())
    }
}

/// A vendor method's own failure: a message for the client, a status, and a source for the log.
///
/// ```
/// use vendor_passthru::{Error, VendorPassthruException};
///
/// fn refused(cause: std::io::Error) -> Error {
///     VendorPassthruException::new("the BMC refused the command")
///         .with_status(502)
///         .with_source(cause)
///         .into()
/// }
/// assert_eq!(refused(std::io::Error::other("secret detail")).status().as_u16(), 502);
/// ```
#[derive(Debug)]
pub struct VendorPassthruException {
    message: String,
    status: StatusCode,
    cause: Option<Cause>,
}

/// What the log is told beside the message.
#[derive(Debug)]
enum Cause {
    /// This error.
    Error(Box<dyn StdError + Send + Sync>),
    /// The sources of this error, whose text is the message.
    SourceOf(Box<dyn StdError + Send + Sync>),
}

impl fmt::Display for VendorPassthruException {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for VendorPassthruException {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self.cause.as_ref()? {
            Cause::Error(error) => Some(&**error),
            Cause::SourceOf(error) => error.source(),
        }
    }
}

impl VendorPassthruException {
    /// A failure with a message that clients may read. 500, Ironic's status for it.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), status: StatusCode::INTERNAL_SERVER_ERROR, cause: None }
    }

    /// A failure in the words of a driver's own error, which clients may read. The sources of that
    /// are logged and never sent. 500.
    ///
    /// ```
    /// use vendor_passthru::{Error, VendorPassthruException};
    ///
    /// #[derive(Debug, thiserror::Error)]
    /// enum BmcError {
    ///     #[error("the BMC refused the command")]
    ///     Refused,
    ///     #[error("the BMC cannot be reached")]
    ///     Unreachable(#[source] std::io::Error),
    /// }
    ///
    /// impl From<BmcError> for Error {
    ///     fn from(error: BmcError) -> Self {
    ///         VendorPassthruException::of(error).into()
    ///     }
    /// }
    ///
    /// let error = Error::from(BmcError::Unreachable(std::io::Error::other("secret detail")));
    /// assert_eq!(error.to_string(), "the BMC cannot be reached");
    /// # let _ = BmcError::Refused;
    /// ```
    #[must_use]
    pub fn of(error: impl StdError + Send + Sync + 'static) -> Self {
        let message = error.to_string();
        Self { cause: Some(Cause::SourceOf(Box::new(error))), ..Self::new(message) }
    }

    /// The same with another status, from 400 to 599; any other number leaves it as it is, since
    /// an error cannot be answered as a success.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        if let Ok(status) = StatusCode::from_u16(status)
            && (status.is_client_error() || status.is_server_error())
        {
            self.status = status;
        }
        self
    }

    /// The same with its cause, which is logged and never sent.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.cause = Some(Cause::Error(source.into()));
        self
    }
}

fn suggestion(method: &str, known: &[&'static str]) -> String {
    match (nearest(method, known.iter().copied()), known) {
        (_, []) => "; there are none".to_owned(),
        (Some(near), _) => format!("; did you mean `{near}`? There are {}", List(known)),
        (None, _) => format!("; there are {}", List(known)),
    }
}

fn locked_by(holder: Option<&Reservation>) -> String {
    holder.map_or_else(|| "another call".to_owned(), Reservation::to_string)
}

fn of_driver(driver: Option<&str>) -> String {
    driver.map(|driver| format!(" of driver {}", Quoted(driver))).unwrap_or_default()
}

fn verbs(allowed: &[HttpMethod]) -> String {
    let verbs: Vec<&str> = allowed.iter().map(|verb| verb.as_str()).collect();
    verbs.join(", ")
}

fn driver_not_found(driver: &str, linked: bool, known: &[&'static str]) -> String {
    let driver = Quoted(driver);
    if linked {
        return format!("driver {driver} is not enabled on this conductor");
    }
    let linked = if known.is_empty() { "none".to_owned() } else { List(known).to_string() };
    format!(
        "no driver {driver} is linked into this conductor; linked: {linked}. A driver crate is \
         linked by naming it in the conductor's source: `use my_driver as _;`"
    )
}
