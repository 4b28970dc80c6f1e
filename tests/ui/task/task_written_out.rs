//! Only the conductor makes tasks, since each stands for a lock that is held. A unit test gets one
//! from a conductor of its own, of the feature `testing`.

use vendor_passthru::prelude::*;
// mend: use vendor_passthru::prelude::*;
// mend: use vendor_passthru::testing::TestConductor;

fn task() -> Task {
// mend: async fn task(conductor: &TestConductor) -> Result<Task> {
    Task {}
    // mend: conductor.task().await
}

fn main() {}
