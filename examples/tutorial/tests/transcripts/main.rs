//! The transcripts of the tutorial: each is played against the program of its step, and what the
//! commands print is what the page shows.
//!
//! The steps with a BMC want three programs more, which the failure of a test names:
//!
//! ```text
//! cargo test -p tutorial --features simulators
//! ```

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail so")]

#[cfg(feature = "simulators")]
mod bmc;
mod pattern;
mod program;
mod tools;
mod transcript;

use crate::program::Program;
use crate::tools::need;
use crate::transcript::play;

/// One step, of which nothing is needed but a shell and `curl`.
macro_rules! step {
    ($name:ident, $program:literal, $transcript:literal) => {
        #[test]
        fn $name() {
            need("curl", "apt-get install curl");
            let program = Program::start(env!(concat!("CARGO_BIN_EXE_", $program)), &[]);
            play(
                include_str!(concat!(
                    "../../../../vendor-passthru/examples/tutorial/",
                    $transcript
                )),
                &program,
            );
        }
    };
}

step!(step_01_a_method_of_a_driver, "tutorial_01", "step_01.md");
step!(step_02_a_method_of_a_node, "tutorial_02", "step_02.md");
step!(step_03_verbs, "tutorial_03", "step_03.md");
step!(step_04_modes, "tutorial_04", "step_04.md");
step!(step_05_locks, "tutorial_05", "step_05.md");
step!(step_06_arguments, "tutorial_06", "step_06.md");
step!(step_07_validation, "tutorial_07", "step_07.md");
step!(step_08_errors_and_long_work, "tutorial_08", "step_08.md");
