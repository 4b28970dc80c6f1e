//! Vendor methods that do what their call's plan says, and tell the model of it.

use std::future::pending;

use serde::Deserialize;
use tokio::time::sleep;
use vendor_passthru::prelude::*;

use crate::case::{Change, Check, End, Kind, Plan, Told};
use crate::model::{How, Limits, call_of};
use crate::world::{Probe, World};
use crate::{Planned, SLOW, race};

/// One interface of two drivers; what a call does stands in its plan.
pub(crate) struct Vendor(pub(crate) World);

/// An argument that panics when it is dropped, if it is told to.
#[derive(Deserialize)]
struct Bomb(bool);

impl Drop for Bomb {
    fn drop(&mut self) {
        if self.0 && !std::thread::panicking() {
            Planned::panic();
        }
    }
}

impl VendorInterface for Vendor {
    async fn validate(&self, task: &Task<Validating>, call: &Call) -> Result<()> {
        let k = call_of(task.context().request_id());
        assert_eq!(call.method().name, self.0.plan(k).kind.method());
        self.check(self.0.check_begins(k, task.cancellation(), Some(task.node()))).await
    }

    async fn driver_validate(&self, context: &Context, _call: &Call) -> Result<()> {
        let k = call_of(context.request_id());
        self.check(self.0.check_begins(k, context.cancellation(), None)).await
    }
}

/// What a method may do with its node.
enum Access<'a> {
    None,
    Shared(&'a Task<Shared>),
    Exclusive(&'a mut Task),
}

impl Vendor {
    async fn check(&self, mut probe: Probe) -> Result<()> {
        let result = match self.0.plan(probe.call).check {
            Check::Pass => Ok(()),
            Check::Refuse => Err(Error::InvalidParameterValue(format!("no. {}", probe.call))),
            Check::Panic => Planned::panic(),
            Check::Slow => {
                sleep(SLOW).await;
                Ok(())
            }
        };
        probe.returns(&result);
        result
    }

    async fn method(&self, context: &Context, access: Access<'_>) -> Result<usize> {
        let k = call_of(context.request_id());
        let mut probe = self.0.begins(k);
        let result = match (access, self.0.plan(k).kind) {
            (Access::Shared(task), Kind::Upgrade | Kind::UpgradeAsync) => {
                self.upgraded(k, context, task).await
            }
            (access, _) => self.work(k, context, access).await,
        };
        probe.returns(&result);
        result
    }

    async fn upgraded(&self, k: usize, context: &Context, task: &Task<Shared>) -> Result<usize> {
        self.0.upgrade_begins(k);
        let upgraded = task.upgrade_lock().await;
        self.0.upgrade_ends(k, upgraded.as_ref().map(drop));
        match upgraded {
            Ok(mut task) => self.work(k, context, Access::Exclusive(&mut task)).await,
            Err(_) if self.0.plan(k).lenient => self.work(k, context, Access::None).await,
            Err(error) => Err(error),
        }
    }

    async fn work(&self, k: usize, context: &Context, mut access: Access<'_>) -> Result<usize> {
        let plan = self.0.plan(k);
        let cancellation = context.cancellation();
        self.save(k, context, &mut access, plan.early).await?;
        if plan.gated {
            let gate = self.0.gate(k);
            let heeds = plan.told != Told::Ignore;
            let opened = async { gate.acquire().await.is_ok() };
            let told = async {
                cancellation.cancelled().await;
                false
            };
            let opened = if heeds { race(opened, told).await } else { opened.await };
            if !opened {
                return self.told(k, context, &mut access, &plan).await;
            }
        }
        self.save(k, context, &mut access, plan.late).await?;
        match plan.end {
            End::Value => Ok(k),
            End::Error => Err(failed(k)),
            End::Panic => Planned::panic(),
            End::Never => pending().await,
        }
    }

    /// It was told to end: it can save nothing any more, and ends as it likes.
    async fn told(
        &self,
        k: usize,
        context: &Context,
        access: &mut Access<'_>,
        plan: &Plan,
    ) -> Result<usize> {
        if let Err(error) = self.save(k, context, access, Some(Change::Mark)).await
            && !matches!(error, Error::Interrupted { .. })
        {
            self.0.wrong(format!("call {k} was told to end, and its save answered {error}"));
        }
        if plan.told == Told::Value { Ok(k) } else { Err(failed(k)) }
    }

    async fn save(
        &self,
        k: usize,
        context: &Context,
        access: &mut Access<'_>,
        change: Option<Change>,
    ) -> Result<()> {
        let (Access::Exclusive(task), Some(change)) = (access, change) else { return Ok(()) };
        self.0.change(task.node_mut(), change);
        let told = context.cancellation().is_cancelled();
        let saved = task.save().await;
        if told && saved.is_ok() {
            self.0.wrong(format!("call {k} saved its node after it was told to end"));
        }
        if saved.is_err() {
            // What is not saved must not come to be so by a failure's record.
            self.0.change(task.node_mut(), Change::Mark);
        }
        saved
    }
}

fn failed(k: usize) -> Error {
    VendorPassthruException::new(format!("call {k} failed")).with_status(418).into()
}

/// The probe's word for how a method returned.
impl Probe {
    fn returns<T>(&mut self, result: &Result<T>) {
        let result = result.as_ref().map(drop).map_err(ToString::to_string);
        self.how = Some(How::Returned(result));
    }
}

/// Every case makes its own.
fn unlinked() -> Vendor {
    Vendor(World::new(Limits::default(), Vec::new()))
}

#[vendor_interface(name = "one", drivers = ["alpha", "beta"], new = unlinked)]
impl Vendor {
    #[passthru(methods = ["POST"], method = "exclusive-now", async_call = false)]
    async fn exclusive(&self, task: &mut Task, _bomb: Bomb) -> Result<usize> {
        let context = task.context().clone();
        self.method(&context, Access::Exclusive(task)).await
    }

    #[passthru(methods = ["POST"], method = "exclusive-later")]
    async fn exclusive_async(&self, task: &mut Task, _bomb: Bomb) -> Result<()> {
        let context = task.context().clone();
        self.method(&context, Access::Exclusive(task)).await.map(drop)
    }

    #[passthru(methods = ["POST"], method = "shared-now", async_call = false, require_exclusive_lock = false)]
    async fn shared(&self, task: &Task<Shared>, _bomb: Bomb) -> Result<usize> {
        self.method(task.context(), Access::Shared(task)).await
    }

    #[passthru(methods = ["POST"], method = "shared-later", require_exclusive_lock = false)]
    async fn shared_async(&self, task: &Task<Shared>, _bomb: Bomb) -> Result<()> {
        self.method(task.context(), Access::Shared(task)).await.map(drop)
    }

    #[passthru(methods = ["POST"], method = "upgrade-now", async_call = false, require_exclusive_lock = false)]
    async fn upgrade(&self, task: &Task<Shared>, _bomb: Bomb) -> Result<usize> {
        self.method(task.context(), Access::Shared(task)).await
    }

    #[passthru(methods = ["POST"], method = "upgrade-later", require_exclusive_lock = false)]
    async fn upgrade_async(&self, task: &Task<Shared>, _bomb: Bomb) -> Result<()> {
        self.method(task.context(), Access::Shared(task)).await.map(drop)
    }

    #[driver_passthru(methods = ["POST"], method = "driver-now", async_call = false)]
    async fn driver(&self, context: &Context, _bomb: Bomb) -> Result<usize> {
        self.method(context, Access::None).await
    }

    #[driver_passthru(methods = ["POST"], method = "driver-later")]
    async fn driver_async(&self, context: &Context, _bomb: Bomb) -> Result<()> {
        self.method(context, Access::None).await.map(drop)
    }
}
