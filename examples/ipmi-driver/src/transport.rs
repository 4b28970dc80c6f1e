//! What carries a command to a BMC and its answer back.
//! Two are here, `Ipmitool` and `Native`; a conductor may bring another.

use std::fmt;

use vendor_passthru::async_trait;

use crate::{Bmc, CipherSuite, IpmiError, RawBytes};

/// Carries commands to BMCs.
///
/// One serves all nodes, many at once. A call that takes too long or is cancelled is dropped: that
/// must leave nothing running, and no session of the BMC open as far as it can be helped. A command
/// is sent once, or not at all: a BMC may carry it out twice if it comes twice.
#[async_trait]
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// The cipher suites that it knows.
    fn cipher_suites(&self) -> &'static [CipherSuite];

    /// Sends a command and returns the data of the answer, without its completion code, which is
    /// success.
    async fn raw(&self, bmc: &Bmc, request: &RawBytes) -> Result<Vec<u8>, IpmiError>;
}
