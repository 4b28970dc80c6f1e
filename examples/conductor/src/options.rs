//! The command line.
//! Its texts are what `--help` shows.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use crate::nodes;

/// A conductor with the example drivers and nodes in memory: Ironic's vendor passthru on a port
/// of this machine, open to anyone who reaches it.
#[derive(Debug, Parser)]
#[command(version, after_long_help = help_on_nodes())]
pub(crate) struct Options {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:6385")]
    pub(crate) listen: String,

    /// A file with the nodes, `.toml` or `.json`, instead of the demo nodes.
    #[arg(long, value_name = "FILE")]
    pub(crate) nodes: Option<PathBuf>,

    /// How many asynchronous calls may run at once; 5 % are kept for other work.
    #[arg(long, value_name = "N", default_value_t = 300)]
    pub(crate) workers: usize,

    /// What carries commands to BMCs of the driver `ipmi`.
    #[arg(long, value_name = "NAME", value_enum, default_value_t = IpmiTransport::Ipmitool)]
    pub(crate) ipmi_transport: IpmiTransport,

    /// How long a call may talk to its BMC, for all drivers that have BMCs, instead of their own
    /// limits.
    #[arg(long, value_name = "SECONDS")]
    pub(crate) bmc_time_limit: Option<u64>,

    /// A host that Redfish BMCs may be told to send their events to; given once for each. Without
    /// it, whoever can call `create_subscription` names any.
    #[arg(long = "event-host", value_name = "HOST")]
    pub(crate) event_hosts: Vec<String>,

    /// How long stopping waits for running calls, before it cancels them.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(crate) shutdown_limit: u64,

    /// The form of the log, which goes to the standard error output.
    #[arg(long, value_name = "FORM", value_enum, default_value_t = LogFormat::Text)]
    pub(crate) log_format: LogFormat,
}

/// How IPMI is spoken.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum IpmiTransport {
    /// The program `ipmitool`, which must be there.
    Ipmitool,
    /// A client that is part of the conductor.
    Native,
}

/// How an event is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

fn help_on_nodes() -> String {
    format!(
        "Environment:\n  RUST_LOG  What is logged, such as `debug` or \
         `info,vendor_passthru=debug` [default: info]\n\n\
         The form of a nodes file, shown by the demo nodes:\n\n{}",
        nodes::DEMO
    )
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_fits_together() {
        Options::command().debug_assert();
    }

    #[test]
    fn without_options_it_listens_where_ironic_does_on_this_machine_alone() {
        let options = Options::parse_from(["conductor"]);
        assert_eq!(options.listen, "127.0.0.1:6385");
    }

    #[test]
    fn help_shows_the_form_of_a_nodes_file() {
        let help = Options::command().render_long_help().to_string();
        assert!(help.contains("[[nodes]]"), "{help}");
    }
}
