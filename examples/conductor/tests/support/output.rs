//! What a process writes: read by a thread of its own and kept, so that the process never waits
//! for a reader, and a test can look at all of it at any time.

use std::io::Read;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

/// Longer than anything that is waited for may take. A wait without end would tell nothing.
pub(crate) const LOST: Duration = Duration::from_mins(2);

/// All that a process has written to one of its outputs, and how much of it was read.
pub(crate) struct Output {
    written: Arc<Written>,
    read: usize,
}

#[derive(Default)]
struct Written {
    text: Mutex<Text>,
    more: Condvar,
}

#[derive(Default)]
struct Text {
    bytes: Vec<u8>,
    ended: bool,
}

impl Output {
    pub(crate) fn of(pipe: impl Read + Send + 'static) -> Self {
        let written = Arc::new(Written::default());
        let writer = Arc::clone(&written);
        thread::spawn(move || writer.fill(pipe));
        Self { written, read: 0 }
    }

    /// Everything until now, read or not.
    pub(crate) fn so_far(&self) -> String {
        String::from_utf8_lossy(&self.written.text.lock().unwrap().bytes).into_owned()
    }

    /// Waits for the next line; empty at the end.
    #[track_caller]
    pub(crate) fn line(&mut self) -> String {
        self.read("a line", |unread, ended| {
            let end = unread.iter().position(|byte| *byte == b'\n').map(|end| end + 1);
            end.or(ended.then_some(unread.len()))
        })
    }

    /// Waits for the next line that has this text, and reads all until there.
    #[track_caller]
    pub(crate) fn line_with(&mut self, text: &str) -> String {
        loop {
            let line = self.line();
            assert_ne!(line, "", "{text:?} was never written:\n{}", self.so_far());
            if line.contains(text) {
                return line;
            }
        }
    }

    /// Waits for the end, and gives what nobody has read.
    #[track_caller]
    pub(crate) fn rest(&mut self) -> String {
        self.read("the end", |unread, ended| ended.then_some(unread.len()))
    }

    /// Waits until so much can be read, and reads it.
    #[track_caller]
    fn read(&mut self, what: &str, length: impl Fn(&[u8], bool) -> Option<usize>) -> String {
        let text = self.wait(what, |bytes, ended| {
            let unread = &bytes[self.read..];
            length(unread, ended).map(|length| unread[..length].to_vec())
        });
        self.read += text.len();
        String::from_utf8_lossy(&text).into_owned()
    }

    /// Waits for something in all that is written, read or not.
    #[track_caller]
    pub(crate) fn wait<T>(&self, what: &str, found: impl Fn(&[u8], bool) -> Option<T>) -> T {
        let Written { text, more } = &*self.written;
        let mut text = text.lock().unwrap();
        loop {
            if let Some(found) = found(&text.bytes, text.ended) {
                return found;
            }
            let (now, late) = more.wait_timeout(text, LOST).unwrap();
            text = now;
            let so_far = String::from_utf8_lossy(&text.bytes);
            assert!(!late.timed_out(), "waited for {what} in vain after:\n{so_far}");
        }
    }
}

impl Written {
    fn fill(&self, mut pipe: impl Read) {
        let mut chunk = [0; 4096];
        loop {
            let length = pipe.read(&mut chunk).unwrap_or(0);
            let mut text = self.text.lock().unwrap();
            text.bytes.extend(&chunk[..length]);
            text.ended = length == 0;
            self.more.notify_all();
            if text.ended {
                return;
            }
        }
    }
}
