//! The `ipmi` driver: Ironic's vendor methods for BMCs that speak IPMI 2.0 over LAN.
//!
//! | method | does |
//! |---|---|
//! | `send_raw` | sends a command, in the background |
//! | `raw_response` | sends a command and answers what the BMC said |
//! | `bmc_reset` | starts the BMC anew, in the background |
//! | `device_id` | what kind of BMC it is |
//! | `authentication_types` | how the driver can authenticate itself |
//!
//! A conductor links it with `use ipmi_driver as _;` and has [`Ipmitool`] carry the commands. It may
//! choose another [`Transport`], such as [`Native`]:
//!
//! ```
//! use ipmi_driver::{IpmiVendor, Native};
//! use vendor_passthru::Registry;
//!
//! let vendor = IpmiVendor::over(Native::default());
//! let registry = Registry::builder().collected().interface(vendor).build()?;
//! assert_eq!(registry.drivers().collect::<Vec<_>>(), ["ipmi"]);
//! # Ok::<(), vendor_passthru::RegistryError>(())
//! ```
//!
//! # Transports
//!
//! | | [`Ipmitool`] | [`Native`] |
//! |---|---|---|
//! | needs | the program on the conductor | nothing |
//! | a call takes | some 40 ms, and the CPU as long | some 2 ms |
//! | cipher suites | 3 and 17, and nothing less than what was asked for | 3, or less if it is told so |
//! | privilege levels | any up to the user's | the user's own alone, on some BMCs |
//! | a cancelled call leaves | a session, which the BMC ends after a minute | nothing |
//!
//! The first is the default, since what is sent may be a password, and since BMCs differ: Ironic
//! talks to all of them by `ipmitool`.
//!
//! # What is sent, and how often
//!
//! A command is sent once. Where no answer comes, nobody knows whether it was carried out, and the
//! error says so. A call ends within 15 s, [`IpmiVendor::with_time_limit`] sets another limit.
//!
//! # Cipher suites
//!
//! A session is protected by suite 3, which every BMC has, or by 17 if the node's
//! `ipmi_cipher_suite` says so. The BMC is not asked which it has, as `ipmitool` would without `-C`:
//! the question is not protected, so that whoever sits between could answer it, and a BMC that does
//! not know it costs seconds in each call.

mod answers;
mod bmc;
mod completion_code;
mod device_id;
mod error;
mod ipmitool;
mod native;
mod raw_bytes;
mod reset;
mod sending;
#[cfg(test)]
mod tests;
mod transport;

use std::sync::Arc;
use std::time::Duration;

use vendor_passthru::prelude::*;

pub use answers::{AuthenticationTypes, RawResponse};
pub use bmc::{Address, Bmc, CipherSuite, Password, PrivilegeLevel, Username};
pub use completion_code::CompletionCode;
pub use device_id::DeviceId;
pub use error::IpmiError;
pub use ipmitool::Ipmitool;
pub use native::Native;
pub use raw_bytes::RawBytes;
pub use reset::Reset;
pub use transport::Transport;

/// Vendor methods of the `ipmi` driver.
#[derive(Clone, Debug)]
pub struct IpmiVendor {
    transport: Arc<dyn Transport>,
    time_limit: Duration,
}

impl VendorInterface for IpmiVendor {
    fn get_properties(&self) -> Properties {
        Bmc::properties()
    }

    async fn validate(&self, task: &Task<Validating>, _call: &Call) -> Result<()> {
        self.bmc(task.node()).map(drop)
    }
}

#[vendor_interface(name = "ipmitool", drivers = ["ipmi"])]
impl IpmiVendor {
    /// Send raw bytes to the BMC. Argument: `raw_bytes`, such as "0x06 0x01".
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task, raw_bytes: RawBytes) -> Result<()> {
        self.raw(task, &raw_bytes).await.map(drop)
    }

    /// Send raw bytes to the BMC and answer what it says. Argument: `raw_bytes`, such as "0x06 0x01".
    #[passthru(methods = ["POST"], async_call = false)]
    async fn raw_response(&self, task: &mut Task, raw_bytes: RawBytes) -> Result<RawResponse> {
        Ok(RawResponse::of(&self.raw(task, &raw_bytes).await?))
    }

    /// Reset the BMC. Optional argument: `warm`, true by default; false is a cold reset.
    #[passthru(methods = ["POST"])]
    async fn bmc_reset(
        &self,
        task: &mut Task,
        #[arg(name = "warm", default = Reset::Warm)] reset: Reset,
    ) -> Result<()> {
        self.raw(task, &reset.request()).await.map(drop)
    }

    /// What kind of BMC it is.
    #[passthru(methods = ["GET"], async_call = false, require_exclusive_lock = false)]
    async fn device_id(&self, task: &Task<Shared>) -> Result<DeviceId> {
        Ok(DeviceId::read(&self.raw(task, &DeviceId::REQUEST).await?)?)
    }

    /// Authentication types that the driver can use.
    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn authentication_types(&self, _context: &Context) -> Result<AuthenticationTypes> {
        Ok(AuthenticationTypes::of(self.transport.cipher_suites()))
    }
}
