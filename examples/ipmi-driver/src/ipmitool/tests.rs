//! What ipmitool is given and what becomes of what it says, by programs that stand in for it.

use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::time::timeout;
use vendor_passthru::{Node, Uuid};

use super::*;
use crate::{CompletionCode, PrivilegeLevel};

const SHOW: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/ipmitool/programs/show");

fn bmc() -> Bmc {
    let mut node = Node::new(Uuid::nil(), "ipmi");
    for (name, value) in [
        ("ipmi_address", json!("192.0.2.7")),
        ("ipmi_port", json!(6230)),
        ("ipmi_username", json!("-I")),
        ("ipmi_password", json!("correct-horse")),
        ("ipmi_priv_level", json!("OPERATOR")),
        ("ipmi_cipher_suite", json!(17)),
    ] {
        node.driver_info.insert(name.to_owned(), value);
    }
    Bmc::of(&node, Ipmitool::default().cipher_suites()).unwrap()
}

fn request(text: &str) -> RawBytes {
    text.parse().unwrap()
}

/// What a program is given for this request: its arguments, environment and input.
async fn given(request: &RawBytes) -> [Vec<String>; 3] {
    let child = Ipmitool::program(SHOW).started(&bmc(), request).unwrap();
    let output = run(child, &line(request)).await.unwrap();
    ["argument ", "environment ", "input "].map(|kind| {
        let given = output.stdout.lines().filter_map(|line| line.strip_prefix(kind));
        given.map(str::to_owned).collect()
    })
}

#[tokio::test]
async fn ipmitool_is_told_where_and_as_whom() {
    let [arguments, _, _] = given(&request("6 1")).await;
    let expected =
        "-I lanplus -H 192.0.2.7 -p 6230 -U -I -E -L OPERATOR -C 17 -N 5 -R 1 -v exec /dev/stdin";
    assert_eq!(arguments.join(" "), expected);
}

#[tokio::test]
async fn the_password_is_in_the_environment_alone_and_nothing_else_of_the_conductors() {
    let [arguments, environment, input] = given(&request("6 1")).await;
    assert!(environment.contains(&"IPMI_PASSWORD=correct-horse".to_owned()));
    assert!(environment.contains(&"LC_ALL=C".to_owned()));
    let of_the_shell = ["_", "OLDPWD", "PWD", "SHLVL"];
    let mut names = environment.iter().filter_map(|variable| variable.split('=').next());
    let ours = |name: &str| matches!(name, "IPMI_PASSWORD" | "LC_ALL" | "PATH");
    assert!(names.all(|name| ours(name) || of_the_shell.contains(&name)), "{environment:?}");
    assert!(!format!("{arguments:?}{input:?}").contains("correct-horse"));
}

#[tokio::test]
async fn bytes_are_no_arguments_where_ipmitool_reads_them_from_elsewhere() {
    let [_, _, input] = given(&request("6 0x47 2 0xab")).await;
    assert_eq!(input, ["raw 0x06 0x47 0x02 0xab"]);

    let longest = "6 ".repeat(63);
    let [arguments, _, input] = given(&request(&longest)).await;
    assert_eq!(arguments.last().unwrap(), "/dev/stdin");
    assert_eq!(input.concat().split(' ').count(), 64);

    let longer = "6 ".repeat(64);
    let [arguments, _, input] = given(&request(&longer)).await;
    assert!(arguments.join(" ").ends_with(&format!("-v raw{}", " 0x06".repeat(64))));
    assert!(input.is_empty());
}

#[tokio::test]
async fn a_missing_program_is_named() {
    let failed = Ipmitool::program("no-such-ipmitool").raw(&bmc(), &request("6 1")).await;
    let failed = failed.unwrap_err();
    assert!(matches!(failed, IpmiError::ProgramMissing { .. }), "{failed:?}");
    assert!(failed.to_string().contains("`no-such-ipmitool`"), "{failed}");
}

/// A shell, as the transport starts its program.
fn shell(script: &str) -> Child {
    let mut command = Command::new("sh");
    command.args(["-c", script]).process_group(0).kill_on_drop(true);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// Whether the program itself still runs or has left something behind.
#[tokio::test]
async fn a_dropped_run_kills_all_that_was_started() {
    for script in ["sleep 1000 & echo started >&2; wait", "sleep 1000 & echo started >&2"] {
        let mut child = shell(script);
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        tokio::select! {
            ended = run(child, "") => panic!("{ended:?}"),
            read = stderr.read_line(&mut said) => assert_eq!(read.unwrap(), "started\n".len()),
        }
        // Its end comes when nothing is left that could write there.
        let end = timeout(Duration::from_mins(1), stderr.read_line(&mut said)).await;
        assert_eq!(end.expect("nothing is left").unwrap(), 0, "{script}");
    }
}

#[tokio::test]
async fn an_output_without_end_is_an_error() {
    for script in ["yes", "yes >&2"] {
        let failed = run(shell(script), "").await.unwrap_err();
        assert!(matches!(failed, IpmiError::Failed { .. }), "{failed:?}");
    }
}

#[tokio::test]
async fn a_program_that_does_not_read_is_no_failure() {
    let output = run(shell("exec <&-; echo said"), &"x".repeat(100)).await.unwrap();
    assert_eq!(output.stdout, "said\n");
}

fn answer(is_success: bool, stdout: &str, stderr: &str) -> Result<Vec<u8>, IpmiError> {
    let output = Output { is_success, stdout: stdout.to_owned(), stderr: stderr.to_owned() };
    output.answer(&bmc(), &request("6 2"))
}

const SENT: &str = "Discovered IPMB address 0x0\n\
                    RAW REQ (channel=0x0 netfn=0x6 lun=0x0 cmd=0x2 data_len=0)\n";

#[test]
fn an_answer_is_read_from_its_hexadecimal_form() {
    let stdout = " 00 03 09 08 02 9f 91 12 00 02 0f 00 00 00 00 10\n ff\n";
    let bytes = answer(true, stdout, &format!("{SENT}RAW RSP (17 bytes)\n")).unwrap();
    assert_eq!((bytes.len(), bytes[7], bytes[16]), (17, 0x12, 0xff));
    assert_eq!(answer(true, "\n", &format!("{SENT}RAW RSP (0 bytes)\n")).unwrap(), [0; 0]);
}

#[test]
fn an_answer_that_cannot_be_read_is_none() {
    for (stdout, length) in [(" 00 01", 3), (" 00 01", 1), ("", 1), (" zz", 1), (" 100", 1)] {
        let failed = answer(true, stdout, &format!("{SENT}RAW RSP ({length} bytes)\n"));
        assert!(matches!(failed, Err(IpmiError::Unintelligible { .. })), "{stdout}: {failed:?}");
    }
}

#[test]
fn a_completion_code_is_a_refusal() {
    let refused = "Unable to send RAW command (channel=0x0 netfn=0x6 lun=0x0 cmd=0x2 rsp=0xc1): \
                   Invalid command\n";
    for is_success in [true, false] {
        let failed = answer(is_success, "", &format!("{SENT}{refused}"));
        let Err(IpmiError::Refused { net_fn: 6, command: 2, code }) = failed else {
            panic!("{failed:?}")
        };
        assert_eq!(code, CompletionCode(0xc1));
    }
}

#[test]
fn a_command_that_was_sent_may_have_been_carried_out() {
    let unanswered = "Unable to send RAW command (channel=0x0 netfn=0x6 lun=0x0 cmd=0x2)\n";
    for stderr in [format!("{SENT}{unanswered}"), SENT.to_owned()] {
        for is_success in [true, false] {
            let failed = answer(is_success, "", &stderr);
            assert!(matches!(failed, Err(IpmiError::NoAnswer)), "{failed:?}");
        }
    }
}

#[test]
fn what_kept_a_session_from_being_opened_is_told() {
    let unopened = "Error: Unable to establish IPMI v2 / RMCP+ session\n";
    let open = "Error in open session response message : ";
    for (said, expected) in [
        ("> RAKP 2 HMAC is invalid\n", "refused the user or the password"),
        ("RAKP 2 message indicates an error : unauthorized name\n", "the user or the password"),
        ("RAKP 4 message indicates an error : invalid integrity check value\n", "the password"),
        ("RAKP 2 message indicates an error : unauthorized role requested\n", "level OPERATOR"),
        ("Set Session Privilege Level to OPERATOR failed: Unknown (0x81)\n", "level OPERATOR"),
        ("Set Session Privilege Level to OPERATOR failed\n", "does not answer"),
        (&format!("{open}no matching cipher suite\n"), "refused cipher suite 17"),
        (&format!("{open}invalid authentication algorithm\n"), "refused cipher suite 17"),
        (&format!("{open}insufficient resources for session\n"), "all sessions"),
        ("RAKP 2 message indicates an error : insufficient resources for role\n", "all sessions"),
        ("Get Auth Capabilities error\n", "was not sent"),
        ("Address lookup for bmc failed\nCould not open socket!\n", "was not sent"),
    ] {
        let failed = answer(false, "", &format!("{said}{unopened}")).unwrap_err();
        assert!(failed.to_string().contains(expected), "{said}: {failed}");
    }
}

#[test]
fn a_failure_of_ipmitool_itself_is_for_the_log() {
    for is_success in [true, false] {
        let failed = answer(is_success, "", "ipmitool: invalid option -- 'x'\n").unwrap_err();
        let IpmiError::Failed { source } = &failed else { panic!("{failed:?}") };
        assert!(source.to_string().contains("invalid option"));
        assert!(!failed.to_string().contains("invalid option"));
    }
}

#[test]
fn privilege_levels_are_written_as_ipmitool_knows_them() {
    for (level, written) in [
        (PrivilegeLevel::Callback, "CALLBACK"),
        (PrivilegeLevel::User, "USER"),
        (PrivilegeLevel::Operator, "OPERATOR"),
        (PrivilegeLevel::Administrator, "ADMINISTRATOR"),
    ] {
        assert_eq!(level.to_string(), written);
    }
}
