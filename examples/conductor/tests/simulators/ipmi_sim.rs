//! `ipmi_sim` of `OpenIPMI`: a process that serves one or more BMCs on this machine, each with a
//! user of its own, and writes every command that they receive.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::directory::Directory;
use crate::ports::{free_port, has_unread, udp_sockets};
use crate::support::process::Process;
use crate::tool::line_by_line;
use crate::wait::wait_until;

/// The user of every BMC.
pub(crate) const USER: &str = "operator";

/// Has it write every command; changes nothing when it does so already.
const LAST_COMMAND: &str = "debug msg";

/// The simulator, running; killed with the test.
pub(crate) struct IpmiSim {
    process: Process,
    pub(crate) bmcs: Vec<Bmc>,
    _directory: Directory,
}

/// How to reach a BMC.
#[derive(Clone, Debug)]
pub(crate) struct Bmc {
    pub(crate) port: u16,
    pub(crate) password: String,
}

/// A command to a BMC: network function, command, data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Command(pub(crate) u8, pub(crate) u8, pub(crate) Vec<u8>);

impl IpmiSim {
    /// One process with so many BMCs. The minor firmware version of each is its place.
    pub(crate) fn start(bmcs: usize) -> Self {
        let free = |_| Bmc { port: free_port(), password: password() };
        // Somebody else may take a port before the simulator does.
        let mut tries = std::iter::repeat_with(|| Self::start_with((0..bmcs).map(free).collect()));
        tries.by_ref().take(10).flatten().next().expect("no ports are free")
    }

    /// The simulator, or nothing where it does not have its ports for itself.
    fn start_with(bmcs: Vec<Bmc>) -> Option<Self> {
        let directory = Directory::new();
        let mut command = line_by_line("ipmi_sim");
        command.arg("-c").arg(directory.file("lan.conf", &lan_conf(&bmcs)));
        command.arg("-f").arg(directory.file("commands", &commands(bmcs.len())));
        command.arg("-s").arg(directory.path()).arg("--nopersist");
        let mut process = Process::spawn(command);
        // The last of its commands; it has its ports by then.
        let mut line = process.stdout.line();
        while !line.contains(LAST_COMMAND) {
            if line.contains("Address already in use") {
                return None;
            }
            assert_ne!(line, "", "{:?}", process.ended());
            line = process.stdout.line();
        }
        let alone = bmcs.iter().all(|bmc| udp_sockets(bmc.port) == 1);
        alone.then_some(Self { process, bmcs, _directory: directory })
    }

    /// The only BMC.
    pub(crate) fn bmc(&self) -> &Bmc {
        let [bmc] = self.bmcs.as_slice() else { panic!("{:?}", self.bmcs) };
        bmc
    }

    /// Sends it a signal: STOP makes it a BMC that does not answer, CONT lets it go on.
    pub(crate) fn signal(&self, name: &str) {
        self.process.signal(name);
    }

    /// The commands that its BMCs have received inside of sessions until now, in their order.
    pub(crate) fn received(&self) -> Vec<Command> {
        let log = self.log();
        let mut lines = log.lines().map(str::trim);
        let mut received = Vec::new();
        while lines.by_ref().any(|line| line == "Receive message:") {
            let message: Vec<_> = lines.by_ref().take(3).collect();
            let [head, _, data] = *message else { panic!("{log}") };
            received.push(Command(field(head, "netfn"), field(head, "cmd"), bytes(data)));
        }
        received
    }
}

impl IpmiSim {
    /// What it has written until now: before it answers, and before the echo of what it is told.
    fn log(&self) -> String {
        let echoes = |log: &[u8]| String::from_utf8_lossy(log).matches(LAST_COMMAND).count();
        let before = self.process.stdout.wait("its log", |log, _| Some(echoes(log)));
        self.process.tell(&format!("{LAST_COMMAND}\n"));
        let told = |log: &[u8], _| (echoes(log) > before).then(|| log.to_vec());
        String::from_utf8(self.process.stdout.wait("its echo", told)).unwrap()
    }
}

impl Command {
    /// Set User Name, of a user that is not used.
    pub(crate) fn name_user_3(name: &str) -> Self {
        Self(0x06, 0x45, padded(&[3], name, 16))
    }

    /// Set User Password, of the same.
    pub(crate) fn set_password_of_user_3(password: &str) -> Self {
        Self(0x06, 0x47, padded(&[3, 2], password, 16))
    }

    /// The argument of `send_raw`.
    pub(crate) fn arguments(&self) -> Value {
        let Self(net_fn, command, data) = self;
        let bytes = [&[*net_fn, *command], data.as_slice()].concat();
        let bytes: Vec<_> = bytes.iter().map(|byte| format!("{byte:#04x}")).collect();
        json!({"raw_bytes": bytes.join(" ")})
    }
}

fn padded(head: &[u8], text: &str, length: usize) -> Vec<u8> {
    let mut text = text.as_bytes().to_vec();
    text.resize(length, 0);
    [head, &text].concat()
}

/// `cmd=0x1` among others, as a number.
fn field(head: &str, name: &str) -> u8 {
    let value = head.split(' ').find_map(|field| field.strip_prefix(name)?.strip_prefix("=0x"));
    u8::from_str_radix(value.unwrap(), 16).unwrap()
}

fn bytes(data: &str) -> Vec<u8> {
    data.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect()
}

/// No two are the same, so that one BMC does not let in who means another.
fn password() -> String {
    let uuid = vendor_passthru::Uuid::new_v4().simple().to_string();
    format!("Pw-{}", &uuid[..13])
}

/// Each BMC has a network of its own, and one user. Without a GUID it would not speak RMCP+.
fn lan_conf(bmcs: &[Bmc]) -> String {
    let mut text = String::from("name \"simulated\"\n");
    for (place, Bmc { port, password }) in bmcs.iter().enumerate() {
        write!(
            text,
            "set_working_mc {address:#x}\n\
             startlan 1\n addr 127.0.0.1 {port}\n priv_limit admin\n \
             allowed_auths_admin none md2 md5 straight\n guid {place:032x}\nendlan\n\
             user 2 true \"{USER}\" \"{password}\" admin 60 none md2 md5 straight\n",
            address = address(place),
        )
        .unwrap();
    }
    text
}

fn commands(bmcs: usize) -> String {
    let mut text = String::from("mc_setbmc 0x20\n");
    for place in 0..bmcs {
        let address = address(place);
        writeln!(text, "mc_add {address:#x} 0 no-device-sdrs 0x23 9 {place} 0x9f 0x1291 0xf02")
            .unwrap();
        writeln!(text, "mc_enable {address:#x}").unwrap();
    }
    text + LAST_COMMAND + "\n"
}

/// A place on the bus inside of the machine, which no client sees.
fn address(place: usize) -> usize {
    0x20 + 2 * place
}

impl Bmc {
    pub(crate) fn driver_info(&self) -> Value {
        json!({
            "ipmi_address": "127.0.0.1",
            "ipmi_port": self.port,
            "ipmi_username": USER,
            "ipmi_password": self.password,
        })
    }

    /// Waits until something has arrived that the BMC has not read, because it was stopped.
    pub(crate) fn was_asked(&self) {
        wait_until("the BMC was asked", || has_unread("udp", self.port));
    }
}
