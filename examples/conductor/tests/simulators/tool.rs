//! The programs that the tests need beside the conductor.
//! A test whose program is missing fails and says what installs it; none is skipped.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Each with what installs it.
const TOOLS: [(&str, &str); 3] = [
    ("ipmi_sim", "apt-get install openipmi"),
    ("ipmitool", "apt-get install ipmitool"),
    ("sushy-emulator", "pip install sushy-tools, into an environment whose bin is on PATH"),
];

/// Where a program is.
#[track_caller]
pub(crate) fn tool(name: &str) -> PathBuf {
    find(name, &std::env::var_os("PATH").unwrap_or_default())
}

#[track_caller]
fn find(name: &str, directories: &OsStr) -> PathBuf {
    let mut paths = std::env::split_paths(directories).map(|directory| directory.join(name));
    let found = paths.find(|path| path.is_file());
    found.unwrap_or_else(|| {
        let (_, installed_by) = TOOLS.into_iter().find(|(tool, _)| *tool == name).unwrap();
        panic!("{name} is not on PATH: {installed_by}")
    })
}

/// A program that prints each line when it has written it, as to a terminal.
pub(crate) fn line_by_line(name: &str) -> Command {
    let mut command = Command::new("stdbuf");
    command.arg("-oL").arg(tool(name)).stdin(Stdio::piped());
    command
}

#[test]
#[should_panic(expected = "ipmi_sim is not on PATH: apt-get install openipmi")]
fn a_missing_program_fails_the_test_with_what_installs_it() {
    find("ipmi_sim", OsStr::new("/nowhere"));
}
