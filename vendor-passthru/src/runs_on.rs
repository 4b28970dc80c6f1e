//! A future that runs to its end even if its caller goes away in the middle.
//! For what must not be left half-done, such as reserving a node.

use std::pin::Pin;
use std::task::{Context, Poll};

use tokio_util::task::TaskTracker;

use crate::run::BoxFuture;
use crate::sync;

/// Runs within its caller, and once that is gone, on the runtime, where the tracker knows of it.
pub(crate) struct RunsOn<T: Send + 'static> {
    /// Gone once it has ended.
    future: Option<BoxFuture<T>>,
    tracker: TaskTracker,
}

impl<T: Send> RunsOn<T> {
    pub(crate) fn new(
        tracker: &TaskTracker,
        future: impl Future<Output = T> + Send + 'static,
    ) -> Self {
        Self { future: Some(Box::pin(future)), tracker: tracker.clone() }
    }
}

impl<T: Send> Future for RunsOn<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let Some(future) = &mut self.future else { return Poll::Pending };
        let poll = future.as_mut().poll(cx);
        if poll.is_ready() {
            self.future = None;
        }
        poll
    }
}

impl<T: Send> Drop for RunsOn<T> {
    fn drop(&mut self) {
        if let Some(future) = self.future.take() {
            sync::spawn(self.tracker.track_future(future));
        }
    }
}
