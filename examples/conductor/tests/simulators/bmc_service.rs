//! A small Redfish service with event subscriptions, which `sushy-emulator` has not. It is that of
//! the driver's own tests, behind a driver and a conductor that know nothing of it.

use std::ops::Deref;

use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use crate::service::Service;
use crate::wait::wait_until;

/// The service, on a thread of its own; it ends with the test.
pub(crate) struct BmcService {
    service: Service,
    _runtime: Runtime,
}

impl BmcService {
    pub(crate) fn start() -> Self {
        let mut runtime = Builder::new_multi_thread();
        let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
        Self { service: runtime.block_on(Service::start()), _runtime: runtime }
    }

    pub(crate) fn driver_info(&self) -> Value {
        self.service.driver_info().into()
    }

    /// Waits until it gets a request, such as `GET /redfish/v1/`.
    pub(crate) fn was_asked(&self, line: &str) {
        wait_until(line, || self.requests().iter().any(|request| request.line == line));
    }
}

impl Deref for BmcService {
    type Target = Service;

    fn deref(&self) -> &Service {
        &self.service
    }
}
