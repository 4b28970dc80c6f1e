//! How a command to a BMC fails. The texts are public: a client reads them.
//! What it must not see is a source, which is logged alone.

use std::error::Error as StdError;
use std::time::Duration;

use vendor_passthru::{Error, VendorPassthruException};

use crate::{CipherSuite, CompletionCode, PrivilegeLevel};

type Source = Box<dyn StdError + Send + Sync>;

/// Why a BMC did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IpmiError {
    /// The BMC answered that it will not.
    #[error("the BMC refused the command {net_fn:#04x} {command:#04x}: {code}{}", advice(*code))]
    Refused {
        /// The network function of the request.
        net_fn: u8,
        /// The command.
        command: u8,
        /// Why.
        code: CompletionCode,
    },

    /// The BMC does not know the user, or the password is another one. Some say so too where the
    /// user may not have the privilege level.
    #[error(
        "the BMC refused the user or the password; look at ipmi_username and ipmi_password in the \
         node's driver_info, and at ipmi_priv_level if these are right"
    )]
    AuthenticationFailed,

    /// The user may not have the privilege level that the node asks for.
    #[error(
        "the BMC refused the user the privilege level {0}; set another ipmi_priv_level in the \
         node's driver_info, or allow it on the BMC"
    )]
    PrivilegeRefused(PrivilegeLevel),

    /// The BMC does not offer the cipher suite.
    #[error(
        "the BMC refused cipher suite {0}; set another ipmi_cipher_suite in the node's driver_info"
    )]
    CipherSuiteRefused(CipherSuite),

    /// The BMC has no session left.
    #[error("all sessions of the BMC are in use; it ends unused ones after about a minute")]
    NoFreeSession,

    /// The BMC could not be asked: no command was sent.
    #[error(
        "the BMC does not answer; look at ipmi_address and ipmi_port in the node's driver_info, \
         and whether it is up. The command was not sent"
    )]
    Unreachable {
        /// What is known of it.
        #[source]
        source: Option<Source>,
    },

    /// The command was sent, and the BMC said nothing.
    #[error("the BMC did not answer the command; it may or may not have been carried out")]
    NoAnswer,

    /// The call took too long.
    #[error(
        "the BMC did not finish within {} s; the command may or may not have been carried out",
        .0.as_secs_f64()
    )]
    TimedOut(Duration),

    /// The call was cancelled.
    #[error("the call was cancelled; the command may or may not have been carried out")]
    Cancelled,

    /// What the BMC, or the program between, said makes no sense.
    #[error(
        "what the BMC answered cannot be read; the command may or may not have been carried out"
    )]
    Unintelligible {
        /// What is wrong with it.
        #[source]
        source: Source,
    },

    /// The program that talks to BMCs cannot be run.
    #[error("`{program}` cannot be run on the conductor; install it there")]
    ProgramMissing {
        /// Its name.
        program: String,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },

    /// The transport failed in a way of its own.
    #[error("the connection to the BMC failed; the log of the conductor knows more")]
    Failed {
        /// How.
        #[source]
        source: Source,
    },
}

impl IpmiError {
    /// An answer that cannot be read, and why.
    pub fn unintelligible(why: impl Into<Source>) -> Self {
        Self::Unintelligible { source: why.into() }
    }

    /// A failure of the transport itself.
    pub fn failed(how: impl Into<Source>) -> Self {
        Self::Failed { source: how.into() }
    }

    /// Ironic answers 500 whatever went wrong with a BMC. A silent one is 504 here, as a silent
    /// method is. Neither is one of 409 and 503, which Ironic's clients repeat by themselves.
    fn status(&self) -> u16 {
        match self {
            Self::Unreachable { .. } | Self::NoAnswer | Self::TimedOut(_) => 504,
            _ => 500,
        }
    }
}

impl From<IpmiError> for Error {
    fn from(error: IpmiError) -> Self {
        let status = error.status();
        VendorPassthruException::of(error).with_status(status).into()
    }
}

fn advice(code: CompletionCode) -> &'static str {
    if code == CompletionCode::INSUFFICIENT_PRIVILEGE {
        "; set a higher ipmi_priv_level in the node's driver_info"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_for_the_log_alone() {
        let failed = IpmiError::failed("inner detail");
        assert!(!failed.to_string().contains("inner"));
        let error = Error::from(failed);
        assert!(!error.to_string().contains("inner"));
        assert_eq!(error.source().unwrap().to_string(), "inner detail");
        assert!(Error::from(IpmiError::NoAnswer).source().is_none());
    }

    #[test]
    fn no_failure_is_one_that_clients_repeat() {
        let code = CompletionCode::INSUFFICIENT_PRIVILEGE;
        for (error, status) in [
            (IpmiError::Refused { net_fn: 6, command: 2, code }, 500),
            (IpmiError::AuthenticationFailed, 500),
            (IpmiError::NoFreeSession, 500),
            (IpmiError::Cancelled, 500),
            (IpmiError::failed("x"), 500),
            (IpmiError::Unreachable { source: None }, 504),
            (IpmiError::NoAnswer, 504),
            (IpmiError::TimedOut(Duration::from_secs(15)), 504),
        ] {
            assert_eq!(Error::from(error).status().as_u16(), status);
        }
    }

    #[test]
    fn too_little_privilege_comes_with_advice() {
        let code = CompletionCode::INSUFFICIENT_PRIVILEGE;
        assert_eq!(
            IpmiError::Refused { net_fn: 6, command: 2, code }.to_string(),
            "the BMC refused the command 0x06 0x02: completion code 0xd4, insufficient privilege \
             level, or a security restriction; set a higher ipmi_priv_level in the node's driver_info"
        );
    }
}
