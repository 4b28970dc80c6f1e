//! The workers of a conductor: how many asynchronous calls run at once.
//! What runs is counted, nothing else; a full pool refuses, it does not queue.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::sync::{OwnedSemaphorePermit, Semaphore};
use crate::{Error, Result};

/// When a caller that found no free worker should try again.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// A bounded pool, part of it kept free for work other than vendor methods.
#[derive(Debug)]
pub(crate) struct Workers {
    vendor: Pool,
    reserved: Pool,
    /// Drivers that may only take a part of the pool.
    shares: BTreeMap<String, Pool>,
}

/// So many permits.
#[derive(Debug)]
struct Pool {
    limit: usize,
    free: Arc<Semaphore>,
}

/// A worker that is taken; dropping it gives it back.
#[derive(Debug)]
pub struct Worker {
    _permit: OwnedSemaphorePermit,
    _share: Option<OwnedSemaphorePermit>,
}

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
    /// A pool of which some are reserved, and of which each of these drivers may only take so many.
    pub(crate) fn new(limit: usize, reserved: usize, shares: BTreeMap<String, usize>) -> Self {
        Self {
            vendor: Pool::new(limit - reserved),
            reserved: Pool::new(reserved),
            shares: shares.into_iter().map(|(driver, limit)| (driver, Pool::new(limit))).collect(),
        }
    }

    /// A worker for a vendor method of this driver.
    pub(crate) fn take(&self, driver: &str) -> Result<Worker> {
        let share = self.shares.get(driver).map(|share| share.take(Some(driver))).transpose()?;
        Ok(Worker { _permit: self.vendor.take(None)?, _share: share })
    }

    /// A worker for other work, from the reserved ones when all others are busy.
    pub(crate) fn take_reserved(&self) -> Result<Worker> {
        let permit = self.vendor.take(None);
        let permit = permit.or_else(|full| self.reserved.take(None).map_err(|_| full))?;
        Ok(Worker { _permit: permit, _share: None })
    }

    pub(crate) fn figures(&self) -> WorkerFigures {
        let (vendor, reserved) = (&self.vendor, &self.reserved);
        WorkerFigures {
            limit: vendor.limit + reserved.limit,
            reserved: reserved.limit,
            running: vendor.running() + reserved.running(),
        }
    }
}

impl Pool {
    fn new(limit: usize) -> Self {
        Self { limit, free: Arc::new(Semaphore::new(limit)) }
    }

    fn take(&self, driver: Option<&str>) -> Result<OwnedSemaphorePermit> {
        Arc::clone(&self.free).try_acquire_owned().map_err(|_| Error::NoFreeConductorWorker {
            limit: self.limit,
            driver: driver.map(str::to_owned),
            retry_after: RETRY_AFTER,
        })
    }

    fn running(&self) -> usize {
        self.limit.saturating_sub(self.free.available_permits())
    }
}

#[cfg(test)]
#[cfg(shuttle)]
mod model;

#[cfg(test)]
#[cfg(not(shuttle))]
mod tests {
    use super::*;

    fn without_shares(limit: usize, reserved: usize) -> Workers {
        Workers::new(limit, reserved, BTreeMap::new())
    }

    #[test]
    fn vendor_methods_leave_the_reserved_workers_alone() {
        let workers = without_shares(3, 1);
        let taken: Vec<_> = std::iter::from_fn(|| workers.take("ipmi").ok()).collect();
        assert_eq!(taken.len(), 2);
        let other = workers.take_reserved().unwrap();
        assert_eq!(workers.figures().running, 3);
        assert_eq!(workers.take_reserved().unwrap_err().status(), 503);
        drop((taken, other));
        assert_eq!(workers.figures().running, 0);
    }

    #[test]
    fn a_full_pool_is_empty_again_when_its_work_ends() {
        let workers = without_shares(1, 0);
        for _ in 0..3 {
            let worker = workers.take("ipmi").unwrap();
            assert!(workers.take("ipmi").is_err());
            drop(worker);
        }
    }

    #[test]
    fn a_driver_takes_its_share_and_no_more() {
        let workers = Workers::new(3, 0, BTreeMap::from([("slow".to_owned(), 2)]));
        let slow: Vec<_> = std::iter::from_fn(|| workers.take("slow").ok()).collect();
        assert_eq!(slow.len(), 2);
        let refused = workers.take("slow").unwrap_err();
        assert_eq!(
            refused.to_string(),
            "all 2 conductor workers of driver `slow` are busy; please retry later"
        );
        let other = workers.take("other").unwrap();
        assert_eq!(workers.figures().running, 3);
        drop((slow, other));
        assert_eq!(workers.figures().running, 0);
    }

    #[test]
    fn a_share_is_not_used_up_by_a_full_pool() {
        let workers = Workers::new(1, 0, BTreeMap::from([("slow".to_owned(), 1)]));
        let other = workers.take("other").unwrap();
        assert!(workers.take("slow").is_err());
        drop(other);
        assert!(workers.take("slow").is_ok());
    }
}
