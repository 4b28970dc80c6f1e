//! Vendor methods of Redfish BMCs: virtual media and event subscriptions, called as those of
//! Ironic's `redfish` vendor interface are. [`IdracVendor`] extends them for Dell's iDRAC.
//!
//! The password goes to the BMC alone: certificates are verified unless the node says otherwise, no
//! link or redirect leads to another server, and no proxy of the environment is used. A call talks to
//! its BMC for 40 s at most ([`with_time_limit`](RedfishVendor::with_time_limit)).
//!
//! A conductor links the crate (`use redfish_driver as _;`) and has the drivers. Where callers of
//! the API are not to have events sent wherever they like, it brings the interfaces with a rule:
//!
//! ```
//! use std::sync::Arc;
//!
//! use redfish_driver::{IdracVendor, RedfishVendor};
//! use vendor_passthru::Registry;
//!
//! let redfish = RedfishVendor::default()
//!     .with_destinations(|url| url.host_str() == Some("events.example.com"));
//! let redfish = Arc::new(redfish);
//! let idrac = IdracVendor::new(Arc::clone(&redfish));
//! let registry = Registry::builder().collected().shared_interface(redfish).interface(idrac);
//! assert_eq!(registry.build()?.drivers().collect::<Vec<_>>(), ["idrac", "redfish"]);
//! # Ok::<(), vendor_passthru::RegistryError>(())
//! ```

mod client;
mod destination;
mod driver_info;
mod error;
mod idrac;
mod jobs;
mod subscription;
mod system;
mod tls;
mod virtual_media;

use std::time::Duration;

pub use reqwest::Url;
use serde_json::{Map, Value};
use vendor_passthru::prelude::*;

use self::client::Client;
use self::destination::Rule;
use self::driver_info::Bmc;
use self::subscription::{EventService, NewSubscription};

pub use self::destination::{Destination, HttpsDestination};
pub use self::error::RedfishError;
pub use self::idrac::IdracVendor;
pub use self::jobs::UnfinishedJobs;
pub use self::subscription::{HttpHeaders, Subscription, SubscriptionId};
pub use self::virtual_media::BootDevice;

/// Vendor methods of any Redfish BMC.
#[derive(Debug, Default)]
pub struct RedfishVendor {
    destinations: Rule,
    time_limit: TimeLimit,
}

impl VendorInterface for RedfishVendor {
    fn get_properties(&self) -> Properties {
        driver_info::properties()
    }

    /// The node's `driver_info`, and what only the conductor or the BMC can tell about an argument.
    async fn validate(&self, task: &Task<Validating>, call: &Call) -> Result<()> {
        let bmc = Bmc::of(task.node())?;
        match call.method().name {
            "create_subscription" => self.destinations.check(&call.argument("Destination")?),
            "eject_vmedia" => match call.argument("boot_device")? {
                Some(device) => Ok(virtual_media::find(&self.connect(bmc).await?, device).await?),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }
}

// The lock is Ironic's in all of them, exclusive also for the reading ones: clients see it in the
// listing.
#[vendor_interface(name = "redfish", drivers = ["redfish"])]
impl RedfishVendor {
    /// Eject what is in the virtual media devices, or in those of the kind `boot_device` alone: cd,
    /// dvd, usb or floppy.
    #[passthru(methods = ["POST"])]
    async fn eject_vmedia(&self, task: &mut Task, boot_device: Option<BootDevice>) -> Result<()> {
        let client = self.client(task.node()).await?;
        Ok(virtual_media::eject(&client, boot_device).await?)
    }

    /// Have the BMC send its events to the URL `Destination`.
    #[passthru(methods = ["POST"], async_call = false)]
    async fn create_subscription(
        &self,
        task: &mut Task,
        #[arg(name = "Destination")] destination: Destination,
        #[arg(name = "Protocol", default = "Redfish".to_owned())] protocol: String,
        #[arg(name = "Context", default)] context: String,
        #[arg(name = "EventTypes")] event_types: Option<Vec<String>>,
        #[arg(name = "HttpHeaders", secret)] http_headers: Option<HttpHeaders>,
    ) -> Result<Subscription> {
        let client = self.client(task.node()).await?;
        let service = EventService::of(&client).await?;
        service.check_event_types(event_types.as_deref())?;
        let new = NewSubscription::new(destination, protocol, context, event_types, http_headers);
        Ok(service.create(&new).await?)
    }

    /// Delete the subscription `id`.
    #[passthru(methods = ["DELETE"], async_call = false)]
    async fn delete_subscription(&self, task: &mut Task, id: SubscriptionId) -> Result<()> {
        let client = self.client(task.node()).await?;
        subscription::delete(&client, &id).await.map_err(|error| error.with_status(404))
    }

    /// All subscriptions that the BMC has.
    #[passthru(methods = ["GET"], async_call = false)]
    async fn get_all_subscriptions(&self, task: &mut Task) -> Result<Map<String, Value>> {
        let client = self.client(task.node()).await?;
        Ok(EventService::of(&client).await?.subscriptions().await?)
    }

    /// The subscription `id`.
    #[passthru(methods = ["GET"], async_call = false)]
    async fn get_subscription(&self, task: &mut Task, id: SubscriptionId) -> Result<Subscription> {
        let client = self.client(task.node()).await?;
        Ok(EventService::of(&client).await?.subscription(&id).await?)
    }
}

impl RedfishVendor {
    /// Lets subscriptions send events only to destinations that `allowed` agrees to; any other is
    /// answered 403, and the BMC hears nothing of it. Without a rule every `http` and `https`
    /// destination is allowed, as in Ironic.
    ///
    /// The BMC sends its events from the management network, with headers of the caller's choice.
    /// Without a rule, whoever may call `create_subscription` can have it knock at services of that
    /// network that he himself does not reach, and can send events out of it. The rule sees the
    /// host's name, and not the address that the BMC will find for it.
    #[must_use]
    pub fn with_destinations(
        mut self,
        allowed: impl Fn(&Url) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.destinations = Rule::new(allowed);
        self
    }

    /// The longest that a call may talk to its BMC, 40 s without this. More than the 60 s after
    /// which the API answers that a call runs on makes little sense.
    #[must_use]
    pub fn with_time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = TimeLimit(limit);
        self
    }

    async fn client(&self, node: &Node) -> Result<Client> {
        Ok(self.connect(Bmc::of(node)?).await?)
    }

    async fn connect(&self, bmc: Bmc) -> Result<Client, RedfishError> {
        Client::new(bmc, self.time_limit.0).await
    }
}

#[derive(Debug)]
struct TimeLimit(Duration);

impl Default for TimeLimit {
    fn default() -> Self {
        Self(Duration::from_secs(40))
    }
}
