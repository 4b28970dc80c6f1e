//! The workers of a conductor: how many asynchronous calls run at once.
//! What runs is counted, nothing else; a full pool refuses, it does not queue.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{Error, Result};

/// When a caller that found no free worker should try again.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// A bounded pool, part of it kept free for work other than vendor methods.
#[derive(Debug)]
pub(crate) struct Workers {
    vendor: Arc<Semaphore>,
    reserved: Arc<Semaphore>,
    figures: WorkerFigures,
}

/// A worker that is taken; dropping it gives it back.
#[derive(Debug)]
pub struct Worker(#[expect(dead_code, reason = "held for its drop")] OwnedSemaphorePermit);

/// How busy the worker pool is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WorkerFigures {
    /// All workers there are.
    pub limit: usize,
    /// Those among them that vendor methods never take.
    pub reserved: usize,
    /// Those that run something now.
    pub running: usize,
}

impl Workers {
    pub(crate) fn new(limit: usize, reserved: usize) -> Self {
        Self {
            vendor: Arc::new(Semaphore::new(limit - reserved)),
            reserved: Arc::new(Semaphore::new(reserved)),
            figures: WorkerFigures { limit, reserved, running: 0 },
        }
    }

    /// A worker for a vendor method.
    pub(crate) fn take(&self) -> Result<Worker> {
        let permit = Arc::clone(&self.vendor).try_acquire_owned();
        permit.map(Worker).map_err(|_| Error::NoFreeConductorWorker {
            limit: self.figures.limit - self.figures.reserved,
            retry_after: RETRY_AFTER,
        })
    }

    /// A worker for other work, from the reserved ones when all others are busy.
    pub(crate) fn take_reserved(&self) -> Result<Worker> {
        let reserved = || Arc::clone(&self.reserved).try_acquire_owned().map(Worker);
        self.take().or_else(|full| reserved().map_err(|_| full))
    }

    pub(crate) fn figures(&self) -> WorkerFigures {
        let free = self.vendor.available_permits() + self.reserved.available_permits();
        WorkerFigures { running: self.figures.limit.saturating_sub(free), ..self.figures }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vendor_methods_leave_the_reserved_workers_alone() {
        let workers = Workers::new(3, 1);
        let taken: Vec<_> = std::iter::from_fn(|| workers.take().ok()).collect();
        assert_eq!(taken.len(), 2);
        let other = workers.take_reserved().unwrap();
        assert_eq!(workers.figures().running, 3);
        assert_eq!(workers.take_reserved().unwrap_err().status(), 503);
        drop((taken, other));
        assert_eq!(workers.figures().running, 0);
    }

    #[test]
    fn a_full_pool_is_empty_again_when_its_work_ends() {
        let workers = Workers::new(1, 0);
        for _ in 0..3 {
            let worker = workers.take().unwrap();
            assert!(workers.take().is_err());
            drop(worker);
        }
    }
}
