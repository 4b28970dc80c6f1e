//! Whoever waits for the answer to a call: answered once, perhaps before the call ends, and free
//! to go away.

use std::sync::Arc;

use tokio::sync::{Notify, oneshot};
use tokio::time::sleep;

use crate::limits::{LOOKUPS, Limits};
use crate::sync::race;
use crate::{Answer, Error, Result};

/// The caller as the call sees it; by default one that has its answer.
#[derive(Default)]
pub(crate) struct Caller {
    /// Gone once it has its answer.
    answer: Option<oneshot::Sender<Result<Answer>>>,
    started: Option<Arc<Notify>>,
}

/// The call as its caller sees it.
pub(crate) struct Waiting {
    answer: oneshot::Receiver<Result<Answer>>,
    started: Arc<Notify>,
}

impl Caller {
    pub(crate) fn new() -> (Self, Waiting) {
        let (sender, answer) = oneshot::channel();
        let started = Arc::default();
        let caller = Self { answer: Some(sender), started: Some(Arc::clone(&started)) };
        (caller, Waiting { answer, started })
    }

    /// The call runs: now its time counts.
    pub(crate) fn started(&mut self) {
        if let Some(started) = self.started.take() {
            started.notify_one();
        }
    }

    /// Answers, and gives the answer back if nobody is there to hear it.
    pub(crate) fn answer(&mut self, answer: Result<Answer>) -> Option<Result<Answer>> {
        match self.answer.take() {
            Some(caller) => caller.send(answer).err(),
            None => Some(answer),
        }
    }

    pub(crate) fn was_answered(&self) -> bool {
        self.answer.is_none()
    }

    /// Whether it waits for an answer now.
    pub(crate) fn listens(&self) -> bool {
        self.answer.as_ref().is_some_and(|caller| !caller.is_closed())
    }

    /// Completes when it goes away without its answer; never if it has it.
    pub(crate) async fn gone(&mut self) {
        match &mut self.answer {
            Some(caller) => caller.closed().await,
            None => std::future::pending().await,
        }
    }
}

impl Waiting {
    /// The answer, if it comes in the time that a call may run. Its wait for the lock is not part
    /// of that, but it ends too, should a store never come back.
    pub(crate) async fn answer(self, method: &'static str, limits: Limits) -> Result<Answer> {
        let Self { answer, started } = self;
        let Limits { call_timeout: limit, lock_wait, .. } = limits;
        let answer =
            async { answer.await.unwrap_or_else(|lost| Err(Error::Internal(lost.into()))) };
        let late = async {
            started.notified().await;
            sleep(limit).await;
        };
        let waits = lock_wait.longest().saturating_mul(LOOKUPS);
        let never = sleep(limit.saturating_add(waits));
        let in_vain = async {
            race(late, never).await;
            tracing::warn!("the call takes longer than its caller waits");
            Err(Error::Timeout { method, limit })
        };
        race(answer, in_vain).await
    }
}
