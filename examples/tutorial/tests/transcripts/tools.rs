//! The programs that the transcripts call.
//! A test whose program is missing fails and says what installs it; none is skipped.

use std::ffi::OsStr;

#[track_caller]
pub(crate) fn need(name: &str, installed_by: &str) {
    need_in(name, installed_by, &std::env::var_os("PATH").unwrap_or_default());
}

#[track_caller]
fn need_in(name: &str, installed_by: &str, directories: &OsStr) {
    let found = std::env::split_paths(directories).any(|folder| folder.join(name).is_file());
    assert!(found, "{name} is not on PATH: {installed_by}");
}

#[test]
#[should_panic(expected = "curl is not on PATH: apt-get install curl")]
fn a_missing_program_fails_the_test_with_what_installs_it() {
    need_in("curl", "apt-get install curl", OsStr::new("/nowhere"));
}
