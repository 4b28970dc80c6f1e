//! What everybody on this machine can see of its processes.

use std::fs;

/// A process, as `/proc` shows it.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) parent: u32,
    /// Its name, cut to 15 letters.
    pub(crate) name: String,
    /// The command line, with a space between its words.
    pub(crate) command_line: String,
    /// Not for everybody: only for the processes of the same user.
    pub(crate) environment: String,
}

/// All processes, but for those that end meanwhile.
pub(crate) fn all() -> Vec<Seen> {
    let entries = fs::read_dir("/proc").unwrap().map(|entry| entry.unwrap().file_name());
    let ids = entries.filter_map(|name| name.to_str()?.parse().ok());
    ids.filter_map(seen).collect()
}

/// Those whose command lines have this word.
pub(crate) fn with_word(word: &str) -> Vec<Seen> {
    let has = |seen: &Seen| seen.command_line.split(' ').any(|other| other == word);
    all().into_iter().filter(has).collect()
}

fn seen(id: u32) -> Option<Seen> {
    let text = |file| {
        let bytes = fs::read(format!("/proc/{id}/{file}")).ok()?;
        Some(String::from_utf8_lossy(&bytes).replace('\0', " "))
    };
    let status = text("status")?;
    let field = |name| {
        let value = status.lines().find_map(|line| line.strip_prefix(name))?;
        Some(value.trim().to_owned())
    };
    Some(Seen {
        parent: field("PPid:")?.parse().ok()?,
        name: field("Name:")?,
        command_line: text("cmdline")?,
        environment: text("environ").unwrap_or_default(),
    })
}
