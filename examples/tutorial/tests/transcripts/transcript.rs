//! Plays a transcript: its commands, one after the other, each by `sh -c`.

use std::process::Command;

use crate::pattern::matches;
use crate::program::Program;

/// A command, and what it prints.
#[derive(Debug)]
struct Step {
    command: String,
    printed: String,
}

/// Runs all commands of the `console` blocks. What one exports, those after it see.
pub(crate) fn play(transcript: &str, program: &Program) {
    let steps = steps(transcript);
    assert!(!steps.is_empty(), "a transcript without commands");
    let mut exports = String::new();
    for Step { command, printed: expected } in steps {
        let here = replace(&command, program);
        let printed = run(&format!("{exports}{here}"));
        assert!(
            matches(&replace(&expected, program), &printed),
            "$ {command}\n{printed}\nthe transcript has:\n{expected}"
        );
        if here.starts_with("export ") {
            exports = format!("{exports}{here}\n");
        }
    }
}

fn replace(text: &str, program: &Program) -> String {
    let shown = program.replaced.iter();
    shown.fold(text.to_owned(), |text, (shown, here)| text.replace(shown, here))
}

/// What a command prints on both outputs, as on a terminal, where `curl` does not show its progress.
fn run(command: &str) -> String {
    const TERMINAL: &str = "exec 2>&1\ncurl() { command curl --no-progress-meter \"$@\"; }\n";
    let script = format!("{TERMINAL}{command}");
    let output = Command::new("sh").args(["-c", &script]).output();
    String::from_utf8_lossy(&output.unwrap().stdout).into_owned()
}

/// The commands of the `console` blocks. A line that ends in `\` goes on in the next one.
fn steps(transcript: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let (mut inside, mut goes_on) = (false, false);
    for line in transcript.lines() {
        match (line, steps.last_mut()) {
            ("```console", _) => inside = true,
            ("```", _) => inside = false,
            _ if !inside => {}
            (_, Some(step)) if goes_on => {
                step.command = format!("{}\n{line}", step.command);
                goes_on = line.ends_with('\\');
            }
            (_, last) => match (line.strip_prefix("$ "), last) {
                (Some(command), _) => {
                    let (command, printed) = (command.to_owned(), String::new());
                    goes_on = command.ends_with('\\');
                    steps.push(Step { command, printed });
                }
                (None, Some(step)) => step.printed = format!("{}{line}\n", step.printed),
                (None, None) => panic!("{line:?} was printed by no command"),
            },
        }
    }
    assert!(!inside, "a block without an end");
    steps
}

#[test]
fn a_command_goes_on_after_a_backslash_and_text_between_blocks_is_no_command() {
    let read = steps("Text\n```console\n$ a \\\n  b\n1\n2\n```\n$ no\n```console\n$ c\n```\n");
    let read: Vec<_> = read.iter().map(|s| (s.command.as_str(), s.printed.as_str())).collect();
    assert_eq!(read, [("a \\\n  b", "1\n2\n"), ("c", "")]);
}
