//! What the vendor methods answer that have no type of their own for it.
//! Written as JSON as Ironic's clients show it.

use serde::Serialize;

use crate::CipherSuite;

/// The answer of `raw_response`.
#[derive(Debug, Serialize)]
pub struct RawResponse {
    /// In the form that they have in the request, without the completion code, which is success.
    raw_bytes: String,
}

impl RawResponse {
    pub(crate) fn of(answer: &[u8]) -> Self {
        let bytes: Vec<String> = answer.iter().map(|byte| format!("{byte:#04x}")).collect();
        Self { raw_bytes: bytes.join(" ") }
    }
}

/// The answer of `authentication_types`.
#[derive(Debug, Serialize)]
pub struct AuthenticationTypes {
    types: Vec<&'static str>,
}

impl AuthenticationTypes {
    pub(crate) fn of(suites: &[CipherSuite]) -> Self {
        Self { types: suites.iter().map(|suite| suite.authentication()).collect() }
    }
}
