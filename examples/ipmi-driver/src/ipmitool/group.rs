//! A process with all that it has started.
//! Dropped, none of them is left.

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::process::Child;

/// The process group that this process is the leader of.
pub(crate) struct ProcessGroup(pub(crate) Child);

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        // There is no number once the process has ended and been waited for; others may get it then.
        let leader = self.0.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
        if let Some(leader) = leader {
            // It fails where they have all ended.
            let _ = kill_process_group(leader, Signal::KILL);
        }
    }
}
