//! A failure that nobody was waiting for, as it is recorded.
//! What no node can tell is kept here, the latest ones, for the conductor to read.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use uuid::Uuid;

use crate::Holder;

/// How many failures are kept.
const KEPT: usize = 100;

/// A failure of a call that nobody was waiting for any more. As text it is what a node's
/// `last_error` says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// The public name of the method.
    pub method: &'static str,
    /// The error's public message.
    pub message: String,
    /// The request id of the call.
    pub request_id: String,
    /// When it failed.
    pub at: SystemTime,
    /// The node whose method it was, if it could not be recorded there; `None` for a driver method.
    pub node: Option<Uuid>,
}

impl Failure {
    pub(crate) fn now(method: &'static str, message: String, request_id: &str) -> Self {
        let (request_id, at) = (request_id.to_owned(), SystemTime::now());
        Self { method, message, request_id, at, node: None }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, message, request_id, at, .. } = self;
        let at = Utc(*at);
        write!(f, "vendor method `{method}` failed at {at} ({request_id}): {message}")
    }
}

/// What is recorded on a node whose reservation was ended by somebody else than its holder.
pub(crate) fn interrupted(holder: &Holder, why: &str) -> String {
    let (Holder { purpose, call, .. }, at) = (holder, Utc(SystemTime::now()));
    format!(
        "{purpose} failed at {at} ({call}): interrupted: {why}; what it had begun may or may not \
         have happened"
    )
}

/// The latest failures that no node tells of, oldest first; older ones make room.
#[derive(Debug, Default)]
pub(crate) struct Failures(Mutex<VecDeque<Failure>>);

impl Failures {
    pub(crate) fn push(&self, failure: Failure) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(failure);
    }

    pub(crate) fn list(&self) -> Vec<Failure> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

/// A time as RFC 3339 writes it, in whole seconds: `2026-08-20T18:25:07Z`.
struct Utc(SystemTime);

impl fmt::Display for Utc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since: Duration = self.0.duration_since(UNIX_EPOCH).unwrap_or_default();
        let seconds = since.as_secs();
        let (year, month, day) = date(seconds / 86_400);
        let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

/// The Gregorian date of a day counted from 1970-01-01. Years begin in March here, so that the
/// leap day is their last.
fn date(days: u64) -> (u64, u64, u64) {
    const DAYS_IN_400_YEARS: u64 = 146_097;
    let days = days + 719_468; // from 0000-03-01
    let (era, day) = (days / DAYS_IN_400_YEARS, days % DAYS_IN_400_YEARS);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let march_month = (5 * day + 2) / 153;
    let day = day - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    (era * 400 + year + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(seconds: u64) -> String {
        Utc(UNIX_EPOCH + Duration::from_secs(seconds)).to_string()
    }

    #[test]
    fn times_are_written_as_in_rfc_3339() {
        assert_eq!(utc(0), "1970-01-01T00:00:00Z");
        assert_eq!(utc(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(utc(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(utc(1_735_689_599), "2024-12-31T23:59:59Z");
        assert_eq!(utc(4_107_542_400), "2100-03-01T00:00:00Z");
    }

    #[test]
    fn the_oldest_failures_make_room() {
        let failures = Failures::default();
        for i in 0..KEPT + 2 {
            failures.push(Failure::now("m", i.to_string(), "req-1"));
        }
        let kept = failures.list();
        assert_eq!(kept.len(), KEPT);
        assert_eq!(kept.first().map(|f| f.message.as_str()), Some("2"));
    }
}
