use std::io;
use std::net::IpAddr;
use std::process::Stdio;
use std::time::Duration;

use serde::Serialize;
use tokio::process::Command;
use tokio::time::timeout;
use vendor_passthru::prelude::*;

/// The longest time that a command may take.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// Vendor methods of the driver `my-ipmi`.
#[derive(Default)]
pub struct MyVendor;

impl VendorInterface for MyVendor {
    fn get_properties(&self) -> Properties {
        properties()
    }

    async fn validate(&self, task: &Task<Validating>, _call: &Call) -> Result<()> {
        Bmc::of(task.node()).map(drop)
    }
}

#[vendor_interface(name = "my-ipmi", drivers = ["my-ipmi"])]
impl MyVendor {
    /// Versions of IPMI that the driver speaks.
    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn versions(&self, _context: &Context) -> Result<Vec<&'static str>> {
        Ok(vec!["1.5", "2.0"])
    }

    /// The light that shows where the machine is.
    #[passthru(methods = ["PUT", "DELETE"])]
    async fn light(
        &self,
        task: &mut Task,
        http_method: HttpMethod,
        #[arg(default = 15)] seconds: u8,
    ) -> Result<()> {
        let seconds = if http_method == HttpMethod::Put { seconds } else { 0 };
        Bmc::of(task.node())?.run(&["chassis", "identify", &seconds.to_string()]).await?;
        Ok(())
    }

    /// Version of the BMC's firmware.
    #[passthru(methods = ["GET"], async_call = false, require_exclusive_lock = false)]
    async fn firmware(&self, task: &Task<Shared>) -> Result<Firmware> {
        let info = Bmc::of(task.node())?.run(&["mc", "info"]).await?;
        let revision = info.lines().find_map(|line| line.strip_prefix("Firmware Revision"));
        let version = revision.map(|text| text.trim_start_matches([' ', ':']).to_owned());
        Ok(Firmware { version })
    }
}

/// The answer of `firmware`.
#[derive(Serialize)]
struct Firmware {
    version: Option<String>,
}

/// What goes wrong with a BMC.
#[derive(Debug, thiserror::Error)]
enum BmcError {
    #[error("the BMC did not answer within {} s", TIME_LIMIT.as_secs())]
    NoAnswer,
    #[error("ipmitool: {0}")]
    Failed(String),
    #[error("ipmitool cannot be started")]
    NotStarted(#[source] io::Error),
}

impl From<BmcError> for Error {
    fn from(error: BmcError) -> Self {
        let status = match error {
            BmcError::NoAnswer => 504,
            BmcError::Failed(_) => 502,
            BmcError::NotStarted(_) => 500,
        };
        VendorPassthruException::of(error).with_status(status).into()
    }
}

fn properties() -> Properties {
    Properties::new()
        .required("ipmi_address", "Address of the BMC.")
        .optional("ipmi_port", "UDP port of the BMC, 623 by default.")
        .required("ipmi_username", "Name of the user.")
        .required_secret("ipmi_password", "Password of the user.")
}

/// How to reach a BMC.
struct Bmc {
    address: IpAddr,
    port: u16,
    username: String,
    password: String,
}

impl Bmc {
    fn of(node: &Node) -> Result<Self> {
        let properties = properties();
        let mut info = properties.read_from(&node.driver_info);
        let address = info.take("ipmi_address");
        let port = info.take_or("ipmi_port", || 623);
        let username = info.take("ipmi_username");
        let password = info.take("ipmi_password");
        info.finish()?; // all that is wrong, at once
        Ok(Self { address: address?, port: port?, username: username?, password: password? })
    }

    /// What `ipmitool` prints.
    async fn run(&self, command: &[&str]) -> Result<String, BmcError> {
        let mut ipmitool = Command::new("ipmitool");
        ipmitool
            .args(["-I", "lanplus", "-C", "3", "-H", &self.address.to_string()])
            .args(["-p", &self.port.to_string(), "-U", &self.username, "-E"])
            .args(command)
            .env("IPMITOOL_PASSWORD", &self.password) // everybody can read arguments
            .stdin(Stdio::null())
            .kill_on_drop(true); // also where the call is cancelled
        let output = timeout(TIME_LIMIT, ipmitool.output()).await;
        let output = output.map_err(|_| BmcError::NoAnswer)?.map_err(BmcError::NotStarted)?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(BmcError::Failed(said.lines().last().unwrap_or_default().to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use vendor_passthru::testing::{TestConductor, json};

    use super::*;

    #[tokio::test]
    async fn all_that_driver_info_lacks_is_told_at_once() {
        let conductor = TestConductor::new(MyVendor);
        let called = conductor.call(HttpMethod::Put, "light", json!({})).await;
        assert_eq!(called.status(), 400);
        assert!(called.message().contains("`ipmi_address` is missing"));
        assert!(called.message().contains("`ipmi_password` is missing"));
    }

    #[tokio::test]
    async fn a_light_is_on_for_at_most_255_seconds() {
        let conductor = TestConductor::new(MyVendor);
        let called = conductor.call(HttpMethod::Put, "light", json!({"seconds": 256})).await;
        assert_eq!(called.status(), 400);
        assert!(called.message().contains("seconds"));
    }
}
