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
            // What it ends with is dropped before the tracker takes it for ended: that may have
            // something to give back as well.
            sync::spawn(self.tracker.track_future(async { drop(future.await) }));
        }
    }
}

#[cfg(test)]
#[cfg(not(shuttle))]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    /// Tells when it is dropped whether the tracker still knew of something.
    struct Value(TaskTracker, Option<oneshot::Sender<bool>>);

    impl Drop for Value {
        fn drop(&mut self) {
            let _ = self.1.take().map(|tell| tell.send(!self.0.is_empty()));
        }
    }

    #[tokio::test]
    async fn the_tracker_knows_of_a_future_until_its_value_is_dropped() {
        let tracker = TaskTracker::new();
        let (tell, told) = oneshot::channel();
        let value = Value(tracker.clone(), Some(tell));
        drop(RunsOn::new(&tracker, async { value }));
        assert_eq!(told.await, Ok(true));
    }
}
