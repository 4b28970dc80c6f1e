//! # Limits
//!
//! Every limit that you can run into: its default, who sets it, and what a client sees when it is
//! reached; and what this crate does not do.
//!
#![doc = include_str!("_limits.md")]

#[cfg(test)]
#[cfg(not(shuttle))]
mod tests {
    use std::time::{Duration, SystemTime};

    use serde_json::Value;
    use uuid::{Uuid, uuid};

    use crate::failure::{Failure, Failures};
    use crate::limits::{LOOKUPS, Limits};
    use crate::text::Quoted;
    use crate::{Dispatcher, Error, Holder, Interruption, Registry, Reservation};

    const PAGE: &str = include_str!("_limits.md");

    /// The second cell of the row that begins with this name.
    fn said_of(name: &str) -> &'static str {
        let begins = |row: &&str| {
            row.starts_with(&format!("| [`{name}`]")) || row.starts_with(&format!("| `{name}`"))
        };
        let row = PAGE.lines().find(begins);
        row.and_then(|row| row.split(" | ").nth(1)).unwrap_or_else(|| panic!("no row of {name}"))
    }

    fn seconds(time: Duration) -> String {
        format!("{} s", time.as_secs())
    }

    #[test]
    fn the_times_of_the_page_are_the_defaults() {
        let Limits { lock_wait, call_timeout, run_limit } = Limits::default();
        let wait = format!("{} x {}", lock_wait.attempts, seconds(lock_wait.interval));
        assert_eq!(said_of("node_locked_retry"), wait);
        assert!(include_str!("_concepts/locked.md").contains(&format!("{wait} by default")));
        assert_eq!(said_of("call_timeout"), seconds(call_timeout));
        assert_eq!(said_of("run_limit"), seconds(run_limit));
        assert_eq!(said_of("look-ups"), format!("{LOOKUPS}, fixed"));
    }

    #[test]
    fn the_workers_of_the_page_are_the_defaults() {
        let registry = Registry::builder().build().unwrap();
        let workers = Dispatcher::builder(registry).build().unwrap().workers();
        assert_eq!(said_of("workers"), workers.limit.to_string());
        let reserved = workers.reserved * 100 / workers.limit;
        assert_eq!(said_of("reserved_workers_percent"), reserved.to_string());
        let rest = format!("by default {}", workers.limit - workers.reserved);
        assert!(PAGE.contains(&rest), "{rest}");
    }

    #[cfg(feature = "testing")]
    #[test]
    fn the_times_to_end_of_the_page_are_the_defaults() {
        let registry = Registry::builder().build().unwrap();
        let conductor = Dispatcher::builder(registry).build().unwrap().of_conductor();
        let grace = seconds(conductor.grace);
        assert_eq!(said_of("cancellation_grace"), grace);
        assert!(include_str!("_diagrams/cancellation.svg").contains(&format!("{grace} of grace")));
        assert_eq!(said_of("shutdown_limit"), seconds(conductor.shutdown_limit));
    }

    #[cfg(feature = "http")]
    #[test]
    fn the_limits_of_requests_on_the_page_are_the_defaults() {
        use crate::http::{Limits, MAX_VERSION, MIN_VERSION, NODE_NAMES};

        let Limits { body_bytes, depth } = Limits::default();
        assert_eq!(said_of("body_bytes"), format!("{body_bytes} bytes (1 MiB)"));
        assert_eq!(said_of("depth"), depth.to_string());
        assert!(PAGE.contains(&format!("| API versions | {MIN_VERSION} to {MAX_VERSION} |")));
        assert!(PAGE.contains(&format!("| since version {NODE_NAMES} |")));
    }

    #[test]
    fn as_much_is_kept_and_quoted_as_the_page_says() {
        let failures = Failures::default();
        for _ in 0..1000 {
            failures.push(Failure::now("erase", String::new(), "req-1"));
        }
        let kept = failures.list().len();
        assert_eq!(said_of("failures"), format!("the latest {kept} of this life"));
        let quoted = Quoted(&"x".repeat(1000)).to_string().matches('x').count();
        assert!(PAGE.contains(&format!("the first `{quoted} characters`")));
    }

    #[test]
    fn values_are_nested_as_deep_as_the_page_says() {
        let read =
            |levels| serde_json::from_str::<Value>(&("[".repeat(levels) + &"]".repeat(levels)));
        let deepest = (1..200).take_while(|levels| read(*levels).is_ok()).count();
        assert!(PAGE.contains(&format!("`{deepest} levels`")), "{deepest}");
    }

    #[test]
    fn what_a_client_reads_is_what_the_page_says() {
        let (method, node) = ("erase", uuid!("7c2dfa1e-0f6c-4f3a-9a51-5d1f0ad3c0de"));
        let Limits { lock_wait, call_timeout, run_limit } = Limits::default();
        let purpose = "vendor method `erase`";
        let held = Reservation {
            holder: Holder::new("rack1", Uuid::nil(), "req-1", purpose),
            // In the future it is 0 s old, however slow the test is.
            since: SystemTime::now() + Duration::from_hours(1),
            fence: 1,
        };
        let full = |limit, driver: Option<&str>| Error::NoFreeConductorWorker {
            limit,
            driver: driver.map(str::to_owned),
            retry_after: Duration::from_secs(1),
        };
        let interrupted = |interruption| Error::Interrupted { method, interruption };
        let holder = Some(Box::new(held));
        let said = [
            Error::InvalidBody("it is nested deeper than 25 levels".to_owned()),
            Error::NodeLocked { node, holder, retry_after: lock_wait.interval },
            Error::NodeChanged { node },
            Error::BodyTooLarge { limit: 1024 * 1024 },
            interrupted(Interruption::ShutDown),
            interrupted(Interruption::ReservationLost),
            full(285, None),
            full(2, Some("ipmi")),
            Error::ShuttingDown,
            Error::Timeout { method, limit: call_timeout },
            interrupted(Interruption::RunLimit(run_limit)),
        ];
        let row = |error: Error| {
            let after =
                error.retry_after().map_or(String::new(), |time| time.as_secs().to_string());
            let message = error.to_string().replace("since 0 s", "since 3 s");
            format!("| {} | {message} | {after} |", error.status().as_u16())
        };
        let (_, rows) = PAGE.split_once("| `Retry-After` |\n|---|---|---|\n").unwrap();
        let rows = rows.lines().take_while(|row| !row.is_empty());
        assert_eq!(rows.collect::<Vec<_>>(), said.map(row));
    }
}
