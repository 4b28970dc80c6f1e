//! What `ipmitool -v raw` says, and what that means.
//! After `RAW REQ` its errors may show the request's data, which goes nowhere.

use crate::{Bmc, CompletionCode, IpmiError, RawBytes};

/// Said before a command is sent.
const SENDING: &str = "RAW REQ ";

/// Said when its answer has come, with its length.
const ANSWERED: &str = "RAW RSP (";

/// Said when the command failed, with a completion code if there was an answer.
const NOT_DONE: &str = "Unable to send RAW command ";

/// The longest part of an error that is kept for the log, in characters.
const LONGEST_SOURCE: usize = 500;

/// All that one run has said.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) is_success: bool,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Output {
    /// The data of the BMC's answer.
    pub(crate) fn answer(&self, bmc: &Bmc, request: &RawBytes) -> Result<Vec<u8>, IpmiError> {
        if let Some(failed) = self.line(NOT_DONE) {
            return Err(not_done(failed, request));
        }
        match self.line(ANSWERED) {
            Some(length) if self.is_success => self.data(length),
            _ if self.line(SENDING).is_some() => Err(IpmiError::NoAnswer),
            _ => Err(self.not_sent(bmc)),
        }
    }

    /// What a line that begins so goes on with.
    fn line(&self, beginning: &str) -> Option<&str> {
        self.stderr.lines().find_map(|line| line.strip_prefix(beginning))
    }

    fn data(&self, length: &str) -> Result<Vec<u8>, IpmiError> {
        let bytes = self.stdout.split_whitespace().map(|byte| u8::from_str_radix(byte, 16));
        let bytes: Vec<u8> = bytes.collect::<Result<_, _>>().map_err(IpmiError::unintelligible)?;
        if length.strip_suffix(" bytes)").and_then(|length| length.parse().ok())
            != Some(bytes.len())
        {
            return Err(IpmiError::unintelligible("the answer is not as long as was said"));
        }
        Ok(bytes)
    }

    /// Why there was no session.
    fn not_sent(&self, bmc: &Bmc) -> IpmiError {
        let said = |text: &str| self.stderr.contains(text);
        let source = self.stderr.chars().take(LONGEST_SOURCE).collect::<String>();
        if said("insufficient resources for") {
            IpmiError::NoFreeSession
        } else if said("unauthorized role")
            || said("Set Session Privilege Level to ") && said("failed: ")
        {
            IpmiError::PrivilegeRefused(bmc.privilege)
        } else if said("RAKP 2 ") || said("RAKP 4 ") {
            IpmiError::AuthenticationFailed
        } else if said("Error in open session response message") {
            IpmiError::CipherSuiteRefused(bmc.cipher_suite)
        } else if said("Unable to establish IPMI v2 / RMCP+ session") {
            IpmiError::Unreachable { source: Some(source.into()) }
        } else {
            IpmiError::failed(source)
        }
    }
}

/// `(channel=0x0 netfn=0x6 lun=0x0 cmd=0x2 rsp=0xc1): Invalid command`.
fn not_done(failed: &str, request: &RawBytes) -> IpmiError {
    let code = failed.split_once("rsp=0x").and_then(|(_, code)| code.split_once(')'));
    let code = code.and_then(|(code, _)| u8::from_str_radix(code, 16).ok());
    code.map_or(IpmiError::NoAnswer, |code| IpmiError::Refused {
        net_fn: request.net_fn(),
        command: request.command(),
        code: CompletionCode(code),
    })
}
