//! The drivers of the conductor: all that are linked in.
//! Those that talk to BMCs are made as the options say.

use std::sync::Arc;
use std::time::Duration;

use example_driver as _;
use fake_hardware as _;
use ipmi_driver::{IpmiVendor, Native};
use redfish_driver::{IdracVendor, RedfishVendor};
use vendor_passthru::{Registry, RegistryError};

use crate::options::{IpmiTransport, Options};

pub(crate) fn registry(options: &Options) -> Result<Registry, RegistryError> {
    let redfish = Arc::new(redfish(options));
    let idrac = IdracVendor::new(Arc::clone(&redfish));
    let registry = Registry::builder().collected().interface(ipmi(options));
    registry.shared_interface(redfish).interface(idrac).build()
}

fn ipmi(options: &Options) -> IpmiVendor {
    let ipmi = match options.ipmi_transport {
        IpmiTransport::Ipmitool => IpmiVendor::default(),
        IpmiTransport::Native => IpmiVendor::over(Native::default()),
    };
    match options.bmc_time_limit {
        Some(seconds) => ipmi.with_time_limit(Duration::from_secs(seconds)),
        None => ipmi,
    }
}

fn redfish(options: &Options) -> RedfishVendor {
    let hosts = options.event_hosts.clone();
    let redfish = RedfishVendor::default().with_destinations(move |url| {
        hosts.is_empty() || url.host_str().is_some_and(|host| hosts.iter().any(|h| h == host))
    });
    match options.bmc_time_limit {
        Some(seconds) => redfish.with_time_limit(Duration::from_secs(seconds)),
        None => redfish,
    }
}
