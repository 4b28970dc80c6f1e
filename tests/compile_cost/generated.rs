//! The crates that are measured: the same methods of two arguments, published in two ways, each as
//! a library and a program that calls them by name.

use std::fmt;
use std::path::Path;

use crate::{annotated, by_hand};

/// How methods are published.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Annotated,
    ByHand,
}

/// A generated crate.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Crate {
    pub(crate) kind: Kind,
    pub(crate) methods: u32,
}

impl Crate {
    pub(crate) fn library(self) -> String {
        let methods = 0..self.methods;
        match self.kind {
            Kind::Annotated => annotated::library(methods),
            Kind::ByHand => by_hand::library(methods),
        }
    }

    pub(crate) fn program(self) -> String {
        let program = match self.kind {
            Kind::Annotated => annotated::PROGRAM,
            Kind::ByHand => by_hand::PROGRAM,
        };
        program.replace("DRIVER", &self.to_string())
    }

    pub(crate) fn manifest(self, vendor_passthru: &Path) -> String {
        let dependency = match self.kind {
            Kind::Annotated => format!("vendor-passthru.path = '{}'", vendor_passthru.display()),
            Kind::ByHand => String::new(),
        };
        format!(
            r#"
            [package]
            name = "{self}"
            version = "0.0.0"
            edition = "2024"

            [dependencies]
            serde = {{ version = "1", features = ["derive"] }}
            serde_json = {{ version = "1", features = ["raw_value"] }}
            tokio = {{ version = "1", features = ["rt", "sync", "time"] }}
            {dependency}
            "#
        )
    }
}

/// Its name.
impl fmt::Display for Crate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::Annotated => "annotated",
            Kind::ByHand => "by_hand",
        };
        write!(f, "{kind}_{}", self.methods)
    }
}

/// The text once for each method.
pub(crate) fn each(methods: std::ops::Range<u32>, text: &str) -> String {
    methods.map(|number| text.replace("NUMBER", &number.to_string())).collect()
}
