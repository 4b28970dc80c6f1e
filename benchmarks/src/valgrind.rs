//! What one call costs a process: what valgrind counts with some thousand more of them.

use std::process::Command;

use crate::Result;

/// So many, because starting does not cost a process the same every time.
const TIMES: u64 = 5000;

/// The cost of one call, rounded.
#[derive(Default)]
pub(crate) struct Cost {
    pub(crate) instructions: u64,
    /// Blocks of memory; one that grows counts once.
    pub(crate) allocations: u64,
}

impl Cost {
    /// Of this program when it runs with these arguments and a number of calls.
    pub(crate) fn of(arguments: &[&str]) -> Result<Self> {
        Ok(Self {
            instructions: of_one(|times| instructions(arguments, times))?,
            allocations: of_one(|times| allocations(arguments, times))?,
        })
    }
}

impl Cost {
    pub(crate) fn less(self, floor: &Self) -> Self {
        Self {
            instructions: self.instructions.saturating_sub(floor.instructions),
            allocations: self.allocations.saturating_sub(floor.allocations),
        }
    }

    /// Of the instructions.
    #[expect(clippy::cast_precision_loss, reason = "two digits of it are printed")]
    pub(crate) fn ratio(&self, other: &Self) -> f64 {
        self.instructions as f64 / other.instructions as f64
    }
}

fn of_one(count: impl Fn(u64) -> Result<u64>) -> Result<u64> {
    let (without, with) = (count(0)?, count(TIMES)?);
    Ok((with.saturating_sub(without) + TIMES / 2) / TIMES)
}

fn instructions(arguments: &[&str], times: u64) -> Result<u64> {
    let said = under(&["--tool=callgrind", "--callgrind-out-file=/dev/null"], arguments, times)?;
    number_after(&said, "Collected : ")
}

fn allocations(arguments: &[&str], times: u64) -> Result<u64> {
    let said = under(&["--tool=dhat", "--dhat-out-file=/dev/null"], arguments, times)?;
    let total = said.lines().find(|line| line.contains("Total:")).unwrap_or_default();
    number_after(total, "bytes in ")
}

/// What valgrind says of this program, making so many calls.
fn under(tool: &[&str], arguments: &[&str], times: u64) -> Result<String> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(tool).arg(std::env::current_exe()?).args(arguments).arg(times.to_string());
    let output = valgrind.output().map_err(|error| {
        format!("valgrind cannot be run ({error}); install it: apt-get install valgrind")
    })?;
    let said = String::from_utf8(output.stderr)?;
    if output.status.success() { Ok(said) } else { Err(said.into()) }
}

/// Such as `12,345`.
fn number_after(text: &str, words: &str) -> Result<u64> {
    let (_, rest) = text.split_once(words).ok_or_else(|| format!("no {words:?} in {text}"))?;
    let digits = rest.chars().take_while(|c| c.is_ascii_digit() || *c == ',');
    Ok(digits.filter(char::is_ascii_digit).collect::<String>().parse()?)
}
