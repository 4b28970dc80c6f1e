//! What has to hold of each call when all is over: what it was answered, and what was recorded.

use std::time::Duration;

use vendor_passthru::{Answer, Error, Failure, Interruption, Shutdown};

use crate::SHARE;
use crate::model::{Call, HANDOVER, How, LATE, LEFT, Model, Moment, Over, Run, Was};
use crate::quiet::is_planned;

/// How a call may have come out.
#[derive(Debug, Default)]
struct Outcomes {
    good: bool,
    /// The texts of the errors there may be.
    errors: Vec<String>,
}

/// How a caller came to know.
enum Heard {
    /// It was answered before the end of the method, or went away before.
    No,
    /// It was given the outcome.
    Yes,
    /// It went away when it could have been given the outcome.
    Perhaps,
}

impl Model {
    /// What is wrong with any call, now that nothing runs any more.
    pub(crate) fn audit(&mut self, failures: &[Failure]) {
        let mut wrong = Vec::new();
        for k in 0..self.calls.len() {
            if let Err(why) = self.audit_call(k, failures) {
                wrong.push(format!("call {k}: {why}"));
            }
        }
        self.wrong.extend(wrong);
        match self.found {
            Some(figures) => self.audit_shutdown(figures),
            None => self.wrong.push("shutting down does not end".to_owned()),
        }
    }

    fn audit_call(&mut self, k: usize, failures: &[Failure]) -> Result<(), String> {
        let call = &self.calls[k];
        let Some((asked, _)) = call.asked else { return Ok(()) };
        let request = format!("req-{k}");
        let kept = failures.iter().filter(|failure| failure.request_id == request);
        let mut records = call.records.clone();
        records.extend(kept.map(ToString::to_string));
        let says = format!("vendor method `{}` failed at ", call.plan.kind.method());
        if let Some(record) = records.iter().find(|record| !record.starts_with(&says)) {
            return Err(format!("recorded as {record:?}"));
        }
        if call.answer.is_none() && call.gone.is_none() {
            return Err("never answered".to_owned());
        }
        let seen = match call.run() {
            None => self.audit_refused(call, asked, &records)?,
            Some(run) if run.is_looked_up_again() => self.audit_lost(call, run, &records)?,
            Some(run) => self.audit_run(k, call, run, &records)?,
        };
        self.seen.insert(seen);
        Ok(())
    }

    /// A call that never ran.
    fn audit_refused(
        &self,
        call: &Call,
        asked: Moment,
        records: &[String],
    ) -> Result<&'static str, String> {
        if !records.is_empty() {
            return Err(format!("did not run, and was recorded: {records:?}"));
        }
        match &call.answer {
            None => Ok("a caller left before its call ran"),
            Some((_, Ok(answer))) => Err(format!("did not run, and was answered {answer:?}")),
            Some((when, Err(error))) => self.audit_refusal(call, asked, *when, error),
        }
    }

    /// Whether there was a reason to refuse a call so between these moments.
    fn audit_refusal(
        &self,
        call: &Call,
        since: Moment,
        when: Moment,
        error: &Error,
    ) -> Result<&'static str, String> {
        let place = &self.nodes[call.plan.node];
        let of_node = !call.plan.kind.of_driver();
        let closed = self.closed_before(call);
        let (seen, right) = match error {
            _ if closed => ("503 after shutdown", matches!(error, Error::ShuttingDown)),
            Error::NodeNotFound { .. } => ("404", of_node && place.was(since, Was::Absent)),
            Error::MethodNotFound { .. } => {
                ("400", of_node && place.was(since, Was::WithoutMethods))
            }
            Error::Internal(_) => ("500 of the store", is_planned(error)),
            Error::NodeLocked { .. } => ("409", self.may_be_locked(call, since, when, error)),
            Error::NodeChanged { .. } => ("409 of a changed node", call.fences.len() >= 10),
            Error::ShuttingDown => {
                let until = self.shut_down.map(|began| began.at + self.limits.shutdown);
                ("503 of shutdown", until.is_some_and(|at| when.at >= at))
            }
            _ => ("", false),
        };
        if right { Ok(seen) } else { Err(format!("refused for nothing: {error:?}")) }
    }

    /// Whether it was asked for when the conductor shut down already.
    fn closed_before(&self, call: &Call) -> bool {
        let asked = call.asked.map(|(asked, _)| asked);
        self.shut_down.zip(asked).is_some_and(|(began, asked)| began < asked)
    }

    /// 409 comes when the call has waited as long as it was to, for a node that somebody had.
    fn may_be_locked(&self, call: &Call, asked: Moment, when: Moment, error: &Error) -> bool {
        let Error::NodeLocked { holder, .. } = error else { return false };
        let (waited, wait) = (when.after(asked), call.lock_wait());
        let first = call.fences.is_empty();
        let in_time = waited >= wait && (!first || waited <= wait + HANDOVER);
        let left = holder.as_ref().is_some_and(|holder| *holder.holder.call == *LEFT);
        let place = &self.nodes[call.plan.node];
        let free = call.alone && place.last_acquired.is_none_or(|acquired| acquired < asked);
        call.plan.kind.is_exclusive() && in_time && !left && !free
    }

    /// A call whose node changed before its upgrade, and that could not run again.
    fn audit_lost(
        &self,
        call: &Call,
        run: &Run,
        records: &[String],
    ) -> Result<&'static str, String> {
        match &call.answer {
            Some((when, Err(error))) if !matches!(error, Error::Timeout { .. }) => {
                if !records.is_empty() {
                    return Err(format!("answered {error}, and recorded: {records:?}"));
                }
                if matches!(error, Error::NodeChanged { .. }) && call.runs.len() >= 10 {
                    return Ok("409 of a changed node");
                }
                self.audit_refusal(call, run.since, *when, error)
            }
            Some((_, Ok(Answer::Json(json)))) => Err(format!("answered {json:?}, and did not end")),
            _ if records.len() != 1 => {
                Err(format!("nobody heard of its failure, and recorded is {records:?}"))
            }
            _ => Ok("a record of a call that was looked up again"),
        }
    }

    fn audit_run(
        &self,
        k: usize,
        call: &Call,
        run: &Run,
        records: &[String],
    ) -> Result<&'static str, String> {
        let over = run.over().ok_or("runs on")?;
        let outcomes = self.outcomes(k, call, run, over)?;
        let (heard, seen) = audit_answer(k, call, run, over, &outcomes)?;
        let wanted = match (heard, &outcomes) {
            (Heard::Yes, _) => 0..=0,
            (Heard::No, Outcomes { good: false, .. }) => 1..=1,
            (_, Outcomes { errors, .. }) if errors.is_empty() => 0..=0,
            (Heard::Perhaps | Heard::No, _) => 0..=1,
        };
        if !wanted.contains(&records.len()) {
            return Err(format!("came out as {outcomes:?}, and recorded is {records:?}"));
        }
        let meant = |record: &String| outcomes.errors.iter().any(|error| record.ends_with(error));
        if let Some(record) = records.iter().find(|record| !meant(record)) {
            return Err(format!("came out as {outcomes:?}, and was recorded as {record:?}"));
        }
        Ok(seen)
    }

    /// How a call may have come out whose last run ended so.
    fn outcomes(&self, k: usize, call: &Call, run: &Run, over: &Over) -> Result<Outcomes, String> {
        let method = call.plan.kind.method();
        let reasons = self.reasons(k, run, over.when);
        let interrupted = |by: bool, interruption| {
            by.then(|| Error::Interrupted { method, interruption }.to_string())
        };
        let cut_short: Vec<String> = [
            interrupted(reasons.lost, Interruption::ReservationLost),
            interrupted(reasons.run_limit, Interruption::RunLimit(self.limits.run)),
            interrupted(reasons.shut_down, Interruption::ShutDown),
        ]
        .into_iter()
        .flatten()
        .collect();
        // What a method returns is lost when its argument panics after it.
        let bomb = call.plan.bomb;
        let failed = |errors| Outcomes { good: false, errors };
        let outcomes = match (&over.how, over.told) {
            (_, true) if cut_short.is_empty() => return Err("was told to end for nothing".into()),
            (How::Returned(Ok(())), true) if !bomb => Outcomes {
                good: reasons.run_limit || reasons.shut_down,
                errors: interrupted(reasons.lost, Interruption::ReservationLost)
                    .into_iter()
                    .collect(),
            },
            (_, true) => failed(cut_short),
            (How::Dropped, false) => return Err("was dropped without being told to end".into()),
            (How::Panicked, false) => failed(vec![Error::Panicked { method }.to_string()]),
            (_, false) if bomb => failed(vec![Error::Panicked { method }.to_string()]),
            (How::Returned(Ok(())), false) => Outcomes { good: true, errors: Vec::new() },
            (How::Returned(Err(error)), false) => failed(vec![error.clone()]),
            (How::NotBegun, false) if !call.plan.kind.is_async() || Self::had_a_worker(run) => {
                return Err("did not begin, for nothing".into());
            }
            (How::NotBegun, false) => failed(self.no_worker(&self.driver(k))),
        };
        Ok(if over.told { outcomes } else { self.or_lost_unnoticed(call, run, outcomes) })
    }

    /// A reservation that is gone when it is given back was lost before the method could be told.
    fn or_lost_unnoticed(&self, call: &Call, run: &Run, outcomes: Outcomes) -> Outcomes {
        let Outcomes { good, mut errors } = outcomes;
        let lost = &self.nodes[call.plan.node].lost;
        if run.fence.is_some_and(|fence| lost.contains_key(&fence)) {
            let (method, interruption) = (call.plan.kind.method(), Interruption::ReservationLost);
            errors.push(Error::Interrupted { method, interruption }.to_string());
        }
        Outcomes { good, errors }
    }

    fn no_worker(&self, driver: &str) -> Vec<String> {
        let error = |limit, driver: Option<&str>| {
            let (driver, retry_after) = (driver.map(str::to_owned), Duration::ZERO);
            Error::NoFreeConductorWorker { limit, driver, retry_after }.to_string()
        };
        let mut errors = vec![error(self.limits.workers, None)];
        if driver == "beta" {
            errors.push(error(SHARE, Some("beta")));
        }
        errors
    }

    /// How many calls shutting down must have cut short, and how many more it may have.
    fn interrupted(&self) -> (usize, usize) {
        let Some(began) = self.shut_down else { return (0, 0) };
        let (mut must, mut may) = (0, 0);
        for (k, call) in self.calls.iter().enumerate() {
            if call.asked.is_none_or(|(asked, _)| asked > began) {
                continue;
            }
            // One that was to run again was perhaps answered before.
            let says = Error::ShuttingDown.to_string();
            let recorded = call.records.iter().any(|record| record.ends_with(&says));
            if recorded || matches!(call.answer, Some((_, Err(Error::ShuttingDown)))) {
                must += 1;
            }
            let Some((run, over)) = call.run().and_then(|run| Some((run, run.over()?))) else {
                continue;
            };
            let reasons = self.reasons(k, run, over.when);
            let value = matches!(over.how, How::Returned(Ok(()))) && !call.plan.bomb;
            if over.told && reasons.shut_down && (!value || reasons.lost) {
                if reasons.lost || reasons.run_limit { may += 1 } else { must += 1 }
            }
        }
        (must, may)
    }

    /// What shutting down says it found.
    fn audit_shutdown(&mut self, figures: Shutdown) {
        let running = self.running_then;
        let Shutdown { finished, interrupted, stuck, .. } = figures;
        let (must, may) = self.interrupted();
        let sum = finished + interrupted + stuck;
        let adds_up = running.is_none_or(|running| running == sum);
        if stuck > 0 || !adds_up || !(must..=must + may).contains(&interrupted) {
            let what = format!("{must} to {} interrupted of {running:?}", must + may);
            self.wrong.push(format!("{what}, and {figures:?}"));
        }
        if must > 0 {
            self.seen.insert("a call that shutting down interrupted");
        }
        if finished > 0 {
            self.seen.insert("a call that ended while the conductor shut down");
        }
    }
}

/// Checks the answer of a call that ran, and tells whether its caller heard how it came out.
fn audit_answer(
    k: usize,
    call: &Call,
    run: &Run,
    over: &Over,
    outcomes: &Outcomes,
) -> Result<(Heard, &'static str), String> {
    let is_async = call.plan.kind.is_async();
    let begun = call.runs.iter().any(|run| run.begun);
    let said =
        |answer: &dyn std::fmt::Debug| format!("answered {answer:?}, came out as {outcomes:?}");
    let Some((when, answer)) = &call.answer else {
        let gone = call.gone.ok_or("never answered")?;
        // Between the method's end and its answer its lock is given back.
        let answerable = run.fence.map_or(Some(over.when), |_| run.given_back);
        let perhaps = answerable.is_some_and(|answerable| answerable < gone);
        let heard = if perhaps { Heard::Perhaps } else { Heard::No };
        return Ok((heard, "a caller left"));
    };
    match answer {
        Ok(Answer::Accepted) if is_async && begun => Ok((Heard::No, "202")),
        Ok(Answer::Json(json)) if !is_async && outcomes.good && *json == k.to_string() => {
            Ok((Heard::Yes, "200"))
        }
        Err(Error::Timeout { limit, .. }) => {
            // A caller counts from when its call first ran, however often that was looked up again.
            let first = call.runs.first().unwrap_or(run);
            let (waited, wait) = (when.after(first.since), call.call_timeout());
            let in_time = *limit == wait && waited >= wait && waited <= wait + LATE;
            if in_time && *when < over.when { Ok((Heard::No, "504")) } else { Err(said(answer)) }
        }
        // An asynchronous method that began was answered by then.
        Err(error) if !(is_async && begun) && outcomes.errors.contains(&error.to_string()) => {
            Ok((Heard::Yes, label(error)))
        }
        _ => Err(said(answer)),
    }
}

fn label(error: &Error) -> &'static str {
    match error {
        Error::NoFreeConductorWorker { .. } => "503 of the pool",
        Error::Panicked { .. } => "500 of a panic",
        Error::Interrupted { interruption: Interruption::RunLimit(_), .. } => {
            "504 of the run limit"
        }
        Error::Interrupted { interruption: Interruption::ShutDown, .. } => "500 of shutdown",
        Error::Interrupted { .. } => "500 of a lost reservation",
        Error::VendorPassthruException(_) => "418 of the method",
        Error::InvalidParameterValue(_) => "400 of validation",
        Error::NodeLocked { .. } => "409 of an upgrade",
        Error::Internal(_) => "500 of a store under a method",
        _ => "404 or 500 of a save",
    }
}
