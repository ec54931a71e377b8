//! Questions on the terminal.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::fd::AsFd;

use keyturn_api::{Code, Problem, Result};
use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};
use zeroize::Zeroizing;

use crate::input::io;

/// Longest answer that is read.
const LINE_BYTES: usize = 4096;
const INTERRUPT: u8 = 3;
const END: u8 = 4;

/// The person's terminal, wherever standard input and output lead.
pub(crate) struct Terminal(File);

impl Terminal {
    /// None where nobody can be asked.
    pub(crate) fn open() -> Option<Self> {
        let terminal = OpenOptions::new().read(true).write(true).open("/dev/tty");
        terminal.ok().map(Self)
    }

    /// Shows something.
    pub(crate) fn show(&mut self, text: &str) {
        let _ = self.0.write_all(text.as_bytes());
    }

    /// Asks for something that nobody looking over the shoulder may read.
    pub(crate) fn ask_secret(&mut self, question: &str) -> Result<Zeroizing<String>> {
        self.show(question);
        let quiet = Quiet::begin(&self.0)?;
        let answer = self.read_line();
        drop(quiet);
        self.show("\n");
        answer
    }

    /// Keys one by one: the terminal echoes nothing and keeps no line.
    fn read_line(&self) -> Result<Zeroizing<String>> {
        let mut line = Zeroizing::new(Vec::with_capacity(LINE_BYTES));
        let mut key = [0];
        loop {
            let read = (&self.0)
                .read(&mut key)
                .map_err(|error| io("The terminal could not be read", &error))?;
            match key[0] {
                _ if read == 0 => break,
                b'\r' | b'\n' => break,
                END if line.is_empty() => return Err(given_up()),
                INTERRUPT => return Err(given_up()),
                0x08 | 0x7f => erase_character(&mut line),
                other if line.len() < LINE_BYTES => line.push(other),
                _ => {}
            }
        }
        crate::input::text(line)
    }
}

/// Takes the last character away, all of its bytes.
fn erase_character(line: &mut Vec<u8>) {
    while let Some(byte) = line.pop() {
        if byte & 0xc0 != 0x80 {
            return;
        }
    }
}

fn given_up() -> Problem {
    Problem::new(Code::VaultLocked, "Nothing was entered.")
}

/// No echo, no lines, no signals from keys, until it is dropped: also a person who gives up has a
/// terminal that works.
struct Quiet<'a> {
    terminal: &'a File,
    before: Termios,
}

impl<'a> Quiet<'a> {
    fn begin(terminal: &'a File) -> Result<Self> {
        let told = |error: rustix::io::Errno| io("The terminal could not be set", &error.into());
        let before = tcgetattr(terminal.as_fd()).map_err(told)?;
        let mut quiet = before.clone();
        quiet.local_modes &= !(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
        quiet.special_codes[SpecialCodeIndex::VMIN] = 1;
        quiet.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(terminal.as_fd(), OptionalActions::Flush, &quiet).map_err(told)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Quiet<'_> {
    fn drop(&mut self) {
        let _ = tcsetattr(self.terminal.as_fd(), OptionalActions::Flush, &self.before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_erased_whole() {
        let mut line = "aé".as_bytes().to_vec();
        erase_character(&mut line);
        assert_eq!(line, b"a");
        erase_character(&mut line);
        erase_character(&mut line);
        assert!(line.is_empty());
    }
}
