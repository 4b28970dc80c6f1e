//! Vendor methods of Dell's iDRAC: those of any Redfish BMC, and what is different there.
//! The differences are the whole file.

use std::sync::Arc;

use vendor_passthru::prelude::*;

use crate::RedfishVendor;
use crate::destination::HttpsDestination;
use crate::jobs::{self, UnfinishedJobs};
use crate::subscription::{HttpHeaders, Subscription};

/// Vendor methods of an iDRAC, on top of those of [`RedfishVendor`].
///
/// `create_subscription` takes no `http` destination: an iDRAC sends its events over HTTPS alone
/// (Dell's Redfish API guides for iDRAC8 and iDRAC9, chapter "Eventing"). `eject_vmedia`, which
/// Ironic's `idrac-redfish` still has, is not there: Ironic deprecates it in favour of detaching
/// virtual media by its own API. `list_unfinished_jobs` answers as it did in Ironic's interface of
/// the time before Redfish, but for `percent_complete`, which is a number.
#[derive(Debug, Default)]
pub struct IdracVendor {
    redfish: Arc<RedfishVendor>,
}

impl VendorInterface for IdracVendor {
    async fn validate(&self, task: &Task<Validating>, call: &Call) -> Result<()> {
        self.redfish.validate(task, call).await
    }
}

#[vendor_interface(
    name = "idrac-redfish",
    drivers = ["idrac"],
    extends = self.redfish,
    removes = ["eject_vmedia"],
)]
impl IdracVendor {
    /// Have the iDRAC send its events to the URL `Destination`, over https.
    #[passthru(methods = ["POST"], async_call = false, overrides)]
    async fn create_subscription(
        &self,
        task: &mut Task,
        #[arg(name = "Destination")] destination: HttpsDestination,
        #[arg(name = "Protocol", default = "Redfish".to_owned())] protocol: String,
        #[arg(name = "Context", default)] context: String,
        #[arg(name = "EventTypes")] event_types: Option<Vec<String>>,
        #[arg(name = "HttpHeaders", secret)] http_headers: Option<HttpHeaders>,
    ) -> Result<Subscription> {
        let HttpsDestination(destination) = destination;
        let redfish = &self.redfish;
        redfish
            .create_subscription(task, destination, protocol, context, event_types, http_headers)
            .await
    }

    /// The jobs that the iDRAC has not finished yet, beside whatever else runs on the node.
    #[passthru(methods = ["GET"], async_call = false, require_exclusive_lock = false)]
    async fn list_unfinished_jobs(&self, task: &Task<Shared>) -> Result<UnfinishedJobs> {
        let client = self.redfish.client(task.node()).await?;
        Ok(jobs::unfinished(&client).await?)
    }
}

impl IdracVendor {
    /// The same around a [`RedfishVendor`] of the conductor's own, with its rule and its limit.
    #[must_use]
    pub fn new(redfish: Arc<RedfishVendor>) -> Self {
        Self { redfish }
    }
}
