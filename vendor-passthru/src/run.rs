//! A vendor method that runs: its author's code, whose panics end here.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::vendor_methods::MethodRun;
use crate::{Answer, Result};

/// A future of any kind, owned.
pub(crate) type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A method with its arguments and its task, from validation to answer.
pub(crate) struct Run(Option<MethodRun>);

impl Run {
    pub(crate) fn new(run: MethodRun) -> Self {
        Self(Some(run))
    }

    /// The end of the method, or `None` if it panicked. Dropping this leaves the method where it
    /// is.
    pub(crate) async fn ended(&mut self) -> Option<Result<Answer>> {
        std::future::poll_fn(|cx| self.poll(cx)).await
    }

    /// The same as far as it comes now. What has ended holds nothing any more.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Answer>>> {
        let Some(run) = &mut self.0 else { return Poll::Ready(None) };
        let ended = match caught(|| run.as_mut().poll(cx)) {
            Some(Poll::Pending) => return Poll::Pending,
            Some(Poll::Ready(answer)) => Some(answer),
            None => None,
        };
        self.end();
        Poll::Ready(ended)
    }

    /// What a method holds may panic when it is dropped.
    fn end(&mut self) {
        if let Some(run) = self.0.take() {
            caught(|| drop(run));
        }
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        self.end();
    }
}

/// Runs what an author wrote; `None` if it panicked.
pub(crate) fn caught<T>(author: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(author)) {
        Ok(value) => Some(value),
        Err(panic) => {
            // Dropping what it panicked with could panic in turn.
            std::mem::forget(panic);
            None
        }
    }
}
