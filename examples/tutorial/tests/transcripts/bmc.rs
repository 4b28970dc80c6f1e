//! The steps with a BMC: `ipmi_sim` of `OpenIPMI`, on a free port of this machine, as the page has it
//! started.

use std::fs;
use std::net::UdpSocket;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};

use crate::program::{Process, Program};
use crate::tools::need;
use crate::transcript::play;

const LAN_CONF: &str = include_str!("../../../../vendor-passthru/examples/tutorial/lan.conf");
const BMC_EMU: &str = include_str!("../../../../vendor-passthru/examples/tutorial/bmc.emu");

/// The last of the simulator's commands; it has its port by then.
const LAST_COMMAND: &str = "debug msg";

#[test]
fn step_09_a_bmc() {
    let (_bmc, port) = bmc();
    let program = Program::start(env!("CARGO_BIN_EXE_tutorial_09"), &[&port]);
    play(include_str!("../../../../vendor-passthru/examples/tutorial/step_09.md"), &program);
}

#[test]
fn step_10_ironics_client() {
    need("baremetal", "pip install -r tests/clients/requirements.txt, with its bin on PATH");
    let (_bmc, port) = bmc();
    let program = Program::start(env!("CARGO_BIN_EXE_tutorial_10"), &[&port]);
    play(include_str!("../../../../vendor-passthru/examples/tutorial/step_10.md"), &program);
}

/// A simulated BMC, as long as it is kept, and its port.
fn bmc() -> (Process, String) {
    for (tool, package) in [("ipmi_sim", "openipmi"), ("ipmitool", "ipmitool")] {
        need(tool, &format!("apt-get install {package}"));
    }
    need("curl", "apt-get install curl");
    let port = free_port().to_string();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("bmc-{port}"));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("lan.conf"), LAN_CONF.replace("9001", &port)).unwrap();
    fs::write(folder.join("bmc.emu"), BMC_EMU).unwrap();
    let mut sim = Command::new("stdbuf");
    sim.args(["-oL", "ipmi_sim", "-c", "lan.conf", "-f", "bmc.emu", "-s", ".", "--nopersist"]);
    // It ends with its standard input.
    let mut sim = Process::spawn(sim.current_dir(folder).stdin(Stdio::piped()));
    let started = sim.wait(|line| {
        assert!(!line.contains("Address already in use"), "{line}");
        line.contains(LAST_COMMAND).then_some(())
    });
    assert!(started.is_some(), "ipmi_sim ended before it was ready");
    (sim, port)
}

/// A port below those that the kernel gives to clients; each is given out once by this process.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = u16::try_from(std::process::id() % 12_000).unwrap();
    loop {
        let port = 20_000 + (start + NEXT.fetch_add(1, Ordering::Relaxed)) % 12_000;
        if UdpSocket::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
