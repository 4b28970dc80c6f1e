//! Whoever waits for the answer to a call: answered once, perhaps before the call ends, and free
//! to go away.

use tokio::sync::oneshot;

use crate::{Answer, Result};

/// The caller of a call, as the call sees it.
pub(crate) struct Caller(Option<oneshot::Sender<Result<Answer>>>);

/// Where the caller reads its answer.
pub(crate) type Waiting = oneshot::Receiver<Result<Answer>>;

impl Caller {
    pub(crate) fn new() -> (Self, Waiting) {
        let (caller, waiting) = oneshot::channel();
        (Self(Some(caller)), waiting)
    }

    /// One that has its answer.
    pub(crate) fn answered() -> Self {
        Self(None)
    }

    /// Answers, and gives the answer back if nobody is there to hear it.
    pub(crate) fn answer(&mut self, answer: Result<Answer>) -> Option<Result<Answer>> {
        match self.0.take() {
            Some(caller) => caller.send(answer).err(),
            None => Some(answer),
        }
    }

    pub(crate) fn was_answered(&self) -> bool {
        self.0.is_none()
    }

    /// Whether it waits for an answer now.
    pub(crate) fn listens(&self) -> bool {
        self.0.as_ref().is_some_and(|caller| !caller.is_closed())
    }

    /// Completes when it goes away without its answer; never if it has it.
    pub(crate) async fn gone(&mut self) {
        match &mut self.0 {
            Some(caller) => caller.closed().await,
            None => std::future::pending().await,
        }
    }
}
