//! What one call costs a process: what valgrind counts with a thousand more of them.

use std::process::Command;

use crate::Failure;
use crate::calls::Kind;

const TIMES: u64 = 1000;

/// The cost of one call, rounded.
pub(crate) struct Cost {
    pub(crate) instructions: u64,
    /// Blocks of memory; one that grows counts once.
    pub(crate) allocations: u64,
}

impl Cost {
    pub(crate) fn of(kind: Kind) -> Result<Self, Failure> {
        Ok(Self {
            instructions: of_one(|times| instructions(kind, times))?,
            allocations: of_one(|times| allocations(kind, times))?,
        })
    }
}

fn of_one(count: impl Fn(u64) -> Result<u64, Failure>) -> Result<u64, Failure> {
    let (without, with) = (count(0)?, count(TIMES)?);
    Ok((with.saturating_sub(without) + TIMES / 2) / TIMES)
}

fn instructions(kind: Kind, times: u64) -> Result<u64, Failure> {
    let said = under(&["--tool=callgrind", "--callgrind-out-file=/dev/null"], kind, times)?;
    number_after(&said, "Collected : ")
}

fn allocations(kind: Kind, times: u64) -> Result<u64, Failure> {
    let said = under(&["--tool=dhat", "--dhat-out-file=/dev/null"], kind, times)?;
    let total = said.lines().find(|line| line.contains("Total:")).unwrap_or_default();
    number_after(total, "bytes in ")
}

/// What valgrind says of this program, making so many calls.
fn under(tool: &[&str], kind: Kind, times: u64) -> Result<String, Failure> {
    let itself = std::env::current_exe()?;
    let mut valgrind = Command::new("valgrind");
    valgrind.args(tool).arg(itself).args([kind.name(), &times.to_string()]);
    let output = valgrind.output().map_err(|error| {
        format!("valgrind cannot be run ({error}); install it: apt-get install valgrind")
    })?;
    let said = String::from_utf8(output.stderr)?;
    if output.status.success() { Ok(said) } else { Err(said.into()) }
}

/// Such as `12,345`.
fn number_after(text: &str, words: &str) -> Result<u64, Failure> {
    let (_, rest) = text.split_once(words).ok_or_else(|| format!("no {words:?} in {text}"))?;
    let digits = rest.chars().take_while(|c| c.is_ascii_digit() || *c == ',');
    Ok(digits.filter(char::is_ascii_digit).collect::<String>().parse()?)
}
