//! How long the parts of a call may take: Ironic's settings, and where they come from.
//! What a caller asks for comes before what the method declares, and that before the conductor's.

use std::time::Duration;

use crate::locks::LockWait;
use crate::metadata::MethodMetadata;

/// How often one call is looked up because its node changed while it waited.
pub(crate) const LOOKUPS: u32 = 10;

/// The limits of a conductor's calls.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) lock_wait: LockWait,
    pub(crate) call_timeout: Duration,
    pub(crate) run_limit: Duration,
}

/// What the callers of one dispatcher handle ask for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CallLimits {
    pub(crate) lock_wait: Option<LockWait>,
    pub(crate) call_timeout: Option<Duration>,
}

impl Limits {
    /// Those of one call of this method.
    pub(crate) fn of(&self, method: &MethodMetadata, call: CallLimits) -> Self {
        let MethodMetadata { call_timeout, run_limit, .. } = *method;
        Self {
            lock_wait: call.lock_wait.unwrap_or(self.lock_wait),
            call_timeout: call.call_timeout.or(call_timeout).unwrap_or(self.call_timeout),
            run_limit: run_limit.unwrap_or(self.run_limit),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            lock_wait: LockWait { attempts: 3, interval: Duration::from_secs(1) },
            call_timeout: Duration::from_mins(1),
            run_limit: Duration::from_hours(1),
        }
    }
}
