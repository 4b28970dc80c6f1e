//! The CPU time of child processes.

use std::fs;
use std::time::Duration;

use crate::Failure;

/// Linux shows times in `/proc` in ticks of `USER_HZ`, which is 100 a second on every architecture
/// that Rust's toolchain runs on, whatever the kernel's own timer does.
const TICK: Duration = Duration::from_millis(10);

/// The least CPU time of so many rounds: what else the machine does only ever makes it dearer.
/// Thing after thing in every round, so that a busy minute falls on all of them.
pub(crate) fn least<T: Copy, const THINGS: usize>(
    rounds: u32,
    things: [T; THINGS],
    mut work: impl FnMut(T) -> Result<(), Failure>,
) -> Result<[f64; THINGS], Failure> {
    let mut least = [Duration::MAX; THINGS];
    for _ in 0..rounds {
        for (thing, least) in things.into_iter().zip(&mut least) {
            *least = of_children(|| work(thing))?.min(*least);
        }
    }
    Ok(least.map(|time| time.as_secs_f64()))
}

/// Runs `work`, and returns the CPU time of all child processes that it waited for, and of theirs.
fn of_children(work: impl FnOnce() -> Result<(), Failure>) -> Result<Duration, Failure> {
    let before = ticks()?;
    work()?;
    Ok(TICK * (ticks()? - before))
}

/// `cutime` and `cstime` (proc(5)).
fn ticks() -> Result<u32, Failure> {
    let stat = fs::read_to_string("/proc/self/stat").map_err(|error| {
        format!("CPU time is measured on Linux only, by /proc/self/stat: {error}")
    })?;
    // The program's name may itself have spaces; the fields after it start with the third.
    let fields = stat.rsplit_once(')').map(|(_, fields)| fields.split_whitespace());
    let children = fields.into_iter().flatten().skip(16 - 3).take(2);
    Ok(children.map(str::parse::<u32>).sum::<Result<u32, _>>()?)
}
