//! The arguments of a call: taken out of the request's JSON object one by one.
//! All that is wrong with them comes back together.

use std::collections::HashSet;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::Result;
use crate::body::{self, Entries};
use crate::metadata::MethodMetadata;
use crate::text::{List, Quoted, nearest};
use crate::value::{self, NotOfType, Refused, Wrong, inside};

/// The one key that a body must not have: the verb comes from the request line (Ironic fills it
/// in as a keyword argument of that name).
const RESERVED: &str = "http_method";

/// All that is wrong with the arguments of one call.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("invalid arguments for method `{method}`: {}", Joined(problems))]
pub struct InvalidArguments {
    method: &'static str,
    problems: Vec<InvalidArgument>,
}

impl InvalidArguments {
    /// The public name of the method.
    #[must_use]
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// Every problem, those of the keys first, then in the order of the method's arguments; never
    /// empty.
    #[must_use]
    pub fn problems(&self) -> &[InvalidArgument] {
        &self.problems
    }
}

/// What is wrong with one argument. Paths are JSON paths into the body: `$.headers[0].name`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidArgument {
    /// The method needs it.
    #[error("`{path}` is missing")]
    Missing {
        /// Where it would be.
        path: String,
    },
    /// Its value is not what the method takes.
    #[error("`{path}` is invalid: {reason}")]
    Invalid {
        /// Where it is.
        path: String,
        /// What was expected; without the value if the argument is secret.
        reason: String,
    },
    /// The method does not know it.
    #[error("{} is unknown{hint}", Quoted(path))]
    Unknown {
        /// Where it is.
        path: String,
        /// The nearest argument there is, or all there are.
        hint: String,
    },
    /// A key stands twice in one object.
    #[error("{} is given twice", Quoted(path))]
    Duplicate {
        /// Where it is.
        path: String,
    },
    /// `http_method` is not the caller's to set.
    #[error("`{path}` is reserved for the HTTP method of the request")]
    Reserved {
        /// Where it is.
        path: String,
    },
}

/// How many problems a message names: a client reads some, and sends as many as its body holds.
const NAMED: usize = 32;

struct Joined<'a>(&'a [InvalidArgument]);

impl fmt::Display for Joined<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.0.iter().take(NAMED).enumerate() {
            let semicolon = if i == 0 { "" } else { "; " };
            write!(f, "{semicolon}{problem}")?;
        }
        match self.0.len().saturating_sub(NAMED) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

/// The arguments of a call while its method takes them, one after the other.
#[derive(Debug)]
pub struct Arguments<'de> {
    method: &'static MethodMetadata,
    body: &'de [u8],
    entries: Entries<'de>,
    problems: Vec<InvalidArgument>,
}

impl From<Wrong> for InvalidArgument {
    fn from(Wrong { path, reason }: Wrong) -> Self {
        Self::Invalid { path, reason }
    }
}

impl<'de> Arguments<'de> {
    /// Those in this body, to be [read](Self::read) first.
    pub(crate) fn new(method: &'static MethodMetadata, body: &'de [u8]) -> Self {
        Self { method, body, entries: Entries::default(), problems: Vec::new() }
    }

    /// Reads the keys of the body; the values stay as they are until they are taken.
    pub(crate) fn read(&mut self) -> Result<()> {
        body::read(self.body, &mut self.entries)?;
        self.check_keys();
        Ok(())
    }

    /// Takes one argument. An absent one is what its type makes of nothing: `None` for an
    /// `Option`, a problem for anything else.
    ///
    /// # Errors
    ///
    /// [`Refused`]; [`finish`](Self::finish) says why.
    pub fn take<T: DeserializeOwned>(&mut self, name: &'static str) -> Result<T, Refused> {
        match self.value(name) {
            Some(raw) => self.parse(name, raw),
            None => value::absent().ok_or_else(|| self.missing(name)),
        }
    }

    /// Takes one argument, or else what `default` makes.
    ///
    /// # Errors
    ///
    /// [`Refused`]; [`finish`](Self::finish) says why.
    pub fn take_or<T: DeserializeOwned>(
        &mut self,
        name: &'static str,
        default: impl FnOnce() -> T,
    ) -> Result<T, Refused> {
        match self.value(name) {
            Some(raw) => self.parse(name, raw),
            None => Ok(default()),
        }
    }

    /// Takes the whole body as one value.
    ///
    /// # Errors
    ///
    /// [`Refused`]; [`finish`](Self::finish) says why.
    pub fn take_all<T: DeserializeOwned>(&mut self) -> Result<T, Refused> {
        let body = if self.entries.is_empty() { b"{}" } else { self.body };
        let read = value::read(&mut serde_json::Deserializer::from_slice(body));
        read.map_err(|error| self.refuse(Wrong::at("$".to_owned(), error).into()))
    }

    /// Says what was wrong with the arguments, all of it.
    ///
    /// # Errors
    ///
    /// [`InvalidArguments`] with every problem.
    pub fn finish(&mut self) -> Result<(), InvalidArguments> {
        if self.problems.is_empty() {
            return Ok(());
        }
        let problems = std::mem::take(&mut self.problems);
        Err(InvalidArguments { method: self.method.name, problems })
    }

    fn value(&self, name: &str) -> Option<&'de RawValue> {
        self.entries.iter().find(|(key, _)| key == name).map(|(_, raw)| *raw)
    }

    fn parse<T: DeserializeOwned>(
        &mut self,
        name: &'static str,
        raw: &'de RawValue,
    ) -> Result<T, Refused> {
        let read = value::read(&mut serde_json::Deserializer::from_str(raw.get()));
        read.map_err(|error| self.invalid(name, error))
    }

    #[cold]
    fn invalid(&mut self, name: &str, error: NotOfType) -> Refused {
        let path = format!("$.{name}");
        let is_secret = self.method.is_secret(name);
        self.refuse(if is_secret { Wrong::secret(path) } else { Wrong::at(path, error) }.into())
    }

    #[cold]
    fn missing(&mut self, name: &str) -> Refused {
        self.refuse(InvalidArgument::Missing { path: format!("$.{name}") })
    }

    fn refuse(&mut self, problem: InvalidArgument) -> Refused {
        self.problems.push(problem);
        Refused
    }

    fn check_keys(&mut self) {
        let mut problems = Vec::new();
        // Few are compared with each other sooner than they are hashed; many would take forever.
        let mut seen = self.entries.are_many().then(HashSet::new);
        for (i, (key, raw)) in self.entries.iter().enumerate() {
            let path = || format!("$.{key}");
            let seen_before = match &mut seen {
                Some(seen) => !seen.insert(key),
                None => self.entries.iter().take(i).any(|(other, _)| other == key),
            };
            if key == RESERVED {
                problems.push(InvalidArgument::Reserved { path: path() });
            } else if seen_before {
                problems.push(InvalidArgument::Duplicate { path: path() });
            } else if let Some(hint) = self.unknown(key) {
                problems.push(InvalidArgument::Unknown { path: path(), hint });
            } else if let Some(inner) = body::duplicate_inside(raw) {
                problems.push(InvalidArgument::Duplicate { path: inside(&path(), &inner) });
            }
        }
        self.problems = problems;
    }

    /// A hint if the method does not know the key.
    fn unknown(&self, key: &str) -> Option<String> {
        let known = self.method.arguments?;
        if known.iter().any(|argument| argument.name == key) {
            return None;
        }
        let known: Vec<&str> = known.iter().map(|argument| argument.name).collect();
        Some(match nearest(key, known.iter().copied()) {
            Some(near) => format!(", did you mean `{near}`?"),
            None if known.is_empty() => ": the method takes no arguments".to_owned(),
            None => format!(": the arguments are {}", List(&known)),
        })
    }
}
