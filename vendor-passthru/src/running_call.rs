//! A running call, as its task and the code of its method have it.

use std::ops::Deref;
use std::sync::Arc;

use crate::running::Running;

/// A running call, without its type: else the compiler would prove for each vendor method anew
/// that all a conductor is made of can be sent to another thread, a third of what a method costs
/// whoever builds a driver.
#[derive(Clone)]
pub struct RunningCall(Arc<dyn Runs>);

trait Runs: Send + Sync {
    fn running(&self) -> &Running;
}

impl Runs for Running {
    fn running(&self) -> &Running {
        self
    }
}

impl RunningCall {
    pub(crate) fn new(running: Arc<Running>) -> Self {
        Self(running)
    }
}

impl Deref for RunningCall {
    type Target = Running;

    fn deref(&self) -> &Running {
        self.0.running()
    }
}
