//! What valgrind counts of this program: as the difference that more of the same makes, so that
//! starting and ending it is no part of it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::Failure;
use crate::calls::Kind;

/// How many calls are made where one is to be counted.
pub(crate) const TIMES: usize = 1000;

/// The cost of one call, rounded.
pub(crate) struct Cost {
    pub(crate) instructions: u64,
    /// Blocks of memory; one that grows counts once.
    pub(crate) allocations: u64,
}

impl Cost {
    pub(crate) fn of(kind: Kind) -> Result<Self, Failure> {
        Ok(Self {
            instructions: of_one(instructions(kind.name(), TIMES)?),
            allocations: of_one(more(
                |size| dhat(kind.name(), size, "Total:", "bytes in "),
                TIMES,
            )?),
        })
    }
}

fn of_one(cost: u64) -> u64 {
    let times = TIMES as u64;
    (cost + times / 2) / times
}

/// The instructions of so much of a part of this program.
pub(crate) fn instructions(part: &str, size: usize) -> Result<u64, Failure> {
    let collected = |size| {
        let said = under(&["--tool=callgrind", "--callgrind-out-file=/dev/null"], part, size)?;
        number_after(&said, "Collected : ")
    };
    more(collected, size)
}

/// The bytes on the heap at its end.
pub(crate) fn bytes_kept(part: &str, size: usize) -> Result<u64, Failure> {
    more(|size| dhat(part, size, "At t-end:", "At t-end:"), size)
}

/// The instructions of a part of this program within this function. What is done before may take a
/// different number of them each time, as filling a hash table does.
pub(crate) fn instructions_within(function: &str, part: &str, size: usize) -> Result<u64, Failure> {
    let function = format!("--toggle-collect=*::{function}");
    let tool = ["--tool=callgrind", "--callgrind-out-file=/dev/null", &function];
    number_after(&under(&tool, part, size)?, "Collected : ")
}

/// The instructions of a part of this program up to each call of these functions, since the call of
/// any of them before: in order, each with the function's name.
pub(crate) fn instructions_up_to<'a>(
    functions: &[&'a str],
    part: &str,
    size: usize,
) -> Result<Vec<(&'a str, u64)>, Failure> {
    let dumps = Path::new(env!("CARGO_TARGET_TMPDIR")).join(part);
    let file = format!("--callgrind-out-file={}", dumps.display());
    let before: Vec<_> = functions.iter().map(|name| format!("--dump-before=*::{name}")).collect();
    let mut tool = vec!["--tool=callgrind", "--combine-dumps=yes", &file];
    tool.extend(before.iter().map(String::as_str));
    under(&tool, part, size)?;
    let dumps = fs::read_to_string(dumps)?;
    let counted = dumps.split("desc: Trigger: ").filter_map(|dump| {
        let (_, trigger) = dump.lines().next()?.rsplit_once("::")?;
        let function = functions.iter().find(|function| **function == trigger)?;
        Some(number_after(dump, "summary: ").map(|instructions| (*function, instructions)))
    });
    counted.collect()
}

/// A number in one of the lines in which dhat sums up.
fn dhat(part: &str, size: usize, line: &str, words: &str) -> Result<u64, Failure> {
    let said = under(&["--tool=dhat", "--dhat-out-file=/dev/null"], part, size)?;
    let line = said.lines().find(|said| said.contains(line)).unwrap_or_default();
    number_after(line, words)
}

/// What is counted more with this size than with none.
fn more(count: impl Fn(usize) -> Result<u64, Failure>, size: usize) -> Result<u64, Failure> {
    let (without, with) = (count(0)?, count(size)?);
    Ok(with.saturating_sub(without))
}

/// What valgrind says of a part of this program.
fn under(tool: &[&str], part: &str, size: usize) -> Result<String, Failure> {
    let itself = std::env::current_exe()?;
    let mut valgrind = Command::new("valgrind");
    valgrind.args(tool).arg(itself).args([part, &size.to_string()]);
    let output = valgrind.output().map_err(|error| {
        format!("valgrind cannot be run ({error}); install it: apt-get install valgrind")
    })?;
    let said = String::from_utf8(output.stderr)?;
    if output.status.success() { Ok(said) } else { Err(said.into()) }
}

/// Such as `12,345`.
fn number_after(text: &str, words: &str) -> Result<u64, Failure> {
    let (_, rest) = text.split_once(words).ok_or_else(|| format!("no {words:?} in {text}"))?;
    let rest = rest.trim_start();
    let digits = rest.chars().take_while(|c| c.is_ascii_digit() || *c == ',');
    Ok(digits.filter(char::is_ascii_digit).collect::<String>().parse()?)
}
