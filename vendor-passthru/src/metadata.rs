//! What is known of a vendor interface and its methods before anything runs.
//! Constant data, written by the macros and read by the registry and the listings.

use std::fmt;
use std::time::Duration;

use crate::HttpMethod;

/// A vendor interface as `#[vendor_interface]` declares it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct InterfaceMetadata {
    /// The interface's name, as a node's `vendor_interface` gives it.
    pub name: &'static str,
    /// The drivers (hardware types) that support it; never empty.
    pub drivers: &'static [&'static str],
    /// Whether it is the default of its drivers where they have several.
    pub default: bool,
    /// The methods of the interface it extends that it does not have.
    pub removes: &'static [&'static str],
    /// Where it stands in the source.
    pub location: Location,
}

/// A vendor method as `#[passthru]` or `#[driver_passthru]` declares it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct MethodMetadata {
    /// The public name, part of the URL.
    pub name: &'static str,
    /// What its node is reserved for while it runs; empty for a driver method.
    pub(crate) purpose: &'static str,
    /// The verbs it can be called with; never empty.
    pub http_methods: &'static [HttpMethod],
    /// Whether a call is answered 202 at once and runs on a worker.
    pub async_call: bool,
    /// What it does, for the listing; empty where the author wrote nothing.
    pub description: &'static str,
    /// Whether its value is sent as it is instead of as JSON.
    pub attach: bool,
    /// What it acts on, and under which lock.
    pub target: Target,
    /// How long its answer is waited for; `None` is the conductor's setting.
    pub call_timeout: Option<Duration>,
    /// How long it may run; `None` is the conductor's setting.
    pub run_limit: Option<Duration>,
    /// Whether it takes the place of a method of the interface that its own one extends.
    pub overrides: bool,
    /// Its arguments, or `None` where it takes the whole body.
    pub arguments: Option<&'static [ArgumentMetadata]>,
}

/// What a vendor method acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A driver: no node, no lock (`#[driver_passthru]`).
    Driver,
    /// A node, under this lock (`#[passthru]`).
    Node(Lock),
}

/// The lock of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// Reads the node beside anyone else; excludes nobody.
    Shared,
    /// The node's reservation: one holder at a time.
    Exclusive,
}

impl Lock {
    /// `shared` or `exclusive`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Exclusive => "exclusive",
        }
    }
}

/// One argument of a vendor method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ArgumentMetadata {
    /// Its key in the request's JSON object.
    pub name: &'static str,
    /// Whether its value stays out of every message, log and record.
    pub secret: bool,
}

/// A place in the source of a driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Location {
    /// The file, as the compiler was given it.
    pub file: &'static str,
    /// The line, from 1.
    pub line: u32,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

impl InterfaceMetadata {
    pub(crate) const fn new(
        name: &'static str,
        drivers: &'static [&'static str],
        default: bool,
        location: Location,
    ) -> Self {
        Self { name, drivers, default, removes: &[], location }
    }

    pub(crate) const fn removing(self, removes: &'static [&'static str]) -> Self {
        Self { removes, ..self }
    }
}

impl Location {
    pub(crate) const fn new(file: &'static str, line: u32) -> Self {
        Self { file, line }
    }
}

impl MethodMetadata {
    /// The lock a call of it takes; `None` for a driver method.
    #[must_use]
    pub const fn lock(&self) -> Option<Lock> {
        match self.target {
            Target::Driver => None,
            Target::Node(lock) => Some(lock),
        }
    }

    pub(crate) fn is_secret(&self, argument: &str) -> bool {
        self.arguments.is_some_and(|all| all.iter().any(|a| a.name == argument && a.secret))
    }
}
