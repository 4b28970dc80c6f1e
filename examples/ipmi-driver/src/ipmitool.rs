//! Commands carried by the program `ipmitool`.
//! One process for each, which does not outlive the call that it is for.

mod group;
mod output;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::io;
use std::process::Stdio;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};
use vendor_passthru::async_trait;

use self::group::ProcessGroup;
use self::output::Output;
use crate::{Bmc, CipherSuite, IpmiError, RawBytes, Transport};

/// How long each packet waits for its answer, in seconds.
const ANSWER_WAIT: &str = "5";

/// How often a command is sent. Opening the session has tries of its own, which this leaves alone.
const TIMES_SENT: &str = "1";

/// `ipmitool exec` takes 64 words a line, and leaves out the others without a word.
const LONGEST_LINE: usize = 63;

/// The longest output that is read, of each of both; an answer of a BMC makes a kilobyte.
const LONGEST_OUTPUT: u64 = 64 * 1024;

/// Commands by the program `ipmitool`, which Ironic has for every BMC.
///
/// Other users of the machine see neither the password nor the bytes that are sent: they are no
/// arguments of the process. Only more than 63 bytes, the most that `ipmitool` reads from elsewhere,
/// have to be.
///
/// A call that is dropped kills the process with all that it has started. Its session is left to the
/// BMC, which ends it after a minute (IPMI 2.0, section 6.12.15). A conductor that is killed by force
/// cannot kill it in turn: it lives on for up to 10 s, in which its command may still be sent.
#[derive(Clone, Debug)]
pub struct Ipmitool {
    program: OsString,
}

impl Ipmitool {
    /// Another program that takes the same arguments.
    pub fn program(program: impl Into<OsString>) -> Self {
        Self { program: program.into() }
    }
}

/// The `ipmitool` on the `PATH`.
impl Default for Ipmitool {
    fn default() -> Self {
        Self::program("ipmitool")
    }
}

#[async_trait]
impl Transport for Ipmitool {
    fn cipher_suites(&self) -> &'static [CipherSuite] {
        &[CipherSuite::Sha1, CipherSuite::Sha256]
    }

    async fn raw(&self, bmc: &Bmc, request: &RawBytes) -> Result<Vec<u8>, IpmiError> {
        let output = run(self.started(bmc, request)?, &line(request)).await?;
        output.answer(bmc, request)
    }
}

impl Ipmitool {
    fn started(&self, bmc: &Bmc, request: &RawBytes) -> Result<Child, IpmiError> {
        let mut command = Command::new(&self.program);
        command
            .args(["-I", "lanplus", "-H", bmc.address.as_str(), "-p", &bmc.port.to_string()])
            .args(["-U", bmc.username.as_str(), "-E"])
            .args(["-L", &bmc.privilege.to_string(), "-C", &bmc.cipher_suite.to_string()])
            .args(["-N", ANSWER_WAIT, "-R", TIMES_SENT])
            .arg("-v") // without it, a wrong password and a dead BMC are the same
            .env_clear() // the conductor's secrets, and passwords that would go before this one
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .env("LC_ALL", "C")
            .env("IPMI_PASSWORD", bmc.password.expose_secret())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true); // and reaped then
        if is_line(request) {
            command.args(["exec", "/dev/stdin"]);
        } else {
            command.arg("raw").args(words(request));
        }
        command.spawn().map_err(|source| IpmiError::ProgramMissing {
            program: self.program.to_string_lossy().into_owned(),
            source,
        })
    }
}

/// Whether the request can be read from standard input.
fn is_line(request: &RawBytes) -> bool {
    request.bytes().len() <= LONGEST_LINE
}

fn line(request: &RawBytes) -> String {
    if !is_line(request) {
        return String::new();
    }
    format!("raw {}\n", words(request).collect::<Vec<_>>().join(" "))
}

fn words(request: &RawBytes) -> impl Iterator<Item = String> {
    request.bytes().map(|byte| format!("{byte:#04x}"))
}

/// All that a process says to a line of input. Dropped before that, it kills the process.
async fn run(mut child: Child, input: &str) -> Result<Output, IpmiError> {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let mut group = ProcessGroup(child);
    if let Some(mut stdin) = stdin {
        // One that has ended already says more in its output.
        let _ = stdin.write_all(input.as_bytes()).await;
    }
    let read = tokio::try_join!(whole(stdout), whole(stderr)).map_err(IpmiError::failed)?;
    // Last, since until then the number of the process stands for it and no other one.
    let status = group.0.wait().await.map_err(IpmiError::failed)?;
    Ok(Output { is_success: status.success(), stdout: read.0, stderr: read.1 })
}

async fn whole(pipe: Option<impl AsyncRead + Unpin>) -> io::Result<String> {
    let mut said = Vec::new();
    if let Some(pipe) = pipe {
        pipe.take(LONGEST_OUTPUT + 1).read_to_end(&mut said).await?;
    }
    if said.len() as u64 > LONGEST_OUTPUT {
        return Err(io::Error::other("the output has no end"));
    }
    Ok(String::from_utf8_lossy(&said).into_owned())
}
