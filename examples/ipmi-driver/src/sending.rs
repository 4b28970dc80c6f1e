//! How a vendor method reaches the BMC of its node: by which transport, and for how long.
//! One place for both, whatever the transport is.

use std::sync::Arc;
use std::time::Duration;

use vendor_passthru::prelude::*;

use crate::{Bmc, IpmiError, IpmiVendor, Ipmitool, RawBytes, Transport};

impl IpmiVendor {
    /// More than a BMC that is there needs, and than a silent one needs to be known as such; less
    /// than the time after which a client of the API is told that there is no answer.
    const TIME_LIMIT: Duration = Duration::from_secs(15);

    /// Vendor methods by way of this transport.
    #[must_use]
    pub fn over(transport: impl Transport) -> Self {
        Self { transport: Arc::new(transport), time_limit: Self::TIME_LIMIT }
    }

    /// The same with another limit for a whole call.
    #[must_use]
    pub fn with_time_limit(self, time_limit: Duration) -> Self {
        Self { time_limit, ..self }
    }

    pub(crate) fn bmc(&self, node: &Node) -> Result<Bmc> {
        Bmc::of(node, self.transport.cipher_suites())
    }

    /// Sends a command within the time limit; dropped when the call is cancelled.
    pub(crate) async fn raw<L>(&self, task: &Task<L>, request: &RawBytes) -> Result<Vec<u8>> {
        let bmc = self.bmc(task.node())?;
        let sent = tokio::time::timeout(self.time_limit, self.transport.raw(&bmc, request));
        let answer = match task.cancellation().run_until_cancelled(sent).await {
            None => Err(IpmiError::Cancelled),
            Some(Err(_elapsed)) => Err(IpmiError::TimedOut(self.time_limit)),
            Some(Ok(answer)) => answer,
        };
        tracing::debug!(address = bmc.address.as_str(), ?request, ok = answer.is_ok(), "sent");
        Ok(answer?)
    }
}

/// By way of `ipmitool`.
impl Default for IpmiVendor {
    fn default() -> Self {
        Self::over(Ipmitool::default())
    }
}
