//! Where requests come in: an address, a socket in the file system, or what the service manager has
//! opened already.

use std::io;
use std::net::TcpListener;
use std::os::fd::FromRawFd;
use std::os::unix::fs::FileTypeExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;

use keyturn_api::{Code, Problem, Result};
use keyturn_server::{Listener, ServerCertificate};
use rustix::net::AddressFamily;
use rustix::net::sockopt::socket_domain;

use super::{ServeOptions, needs_tls};
use crate::input::io as failed;
use crate::options::variable;

/// First socket of the service manager (`sd_listen_fds`).
const FIRST_SOCKET: i32 = 3;

/// Opens it; with it comes what to tell the person.
pub(super) fn listener(
    options: &ServeOptions,
    tls: Option<ServerCertificate>,
) -> Result<(Listener, String)> {
    if let Some(socket) = &options.socket {
        return unix(bind_unix(socket)?, socket.display().to_string());
    }
    if socket_is_passed() {
        return passed(tls);
    }
    let opened = TcpListener::bind(options.address)
        .map_err(|error| failed("The address cannot be used", &error))?;
    tcp(opened, tls)
}

fn tcp(opened: TcpListener, tls: Option<ServerCertificate>) -> Result<(Listener, String)> {
    let refused = |error: io::Error| match error.kind() {
        io::ErrorKind::InvalidInput => needs_tls(),
        _ => failed("The address cannot be used", &error),
    };
    let address = opened.local_addr().map_err(refused)?;
    opened.set_nonblocking(true).map_err(refused)?;
    let opened = tokio::net::TcpListener::from_std(opened).map_err(refused)?;
    let listener = Listener::tcp(opened, tls).map_err(refused)?;
    let scheme = if listener.is_tls() { "https" } else { "http" };
    Ok((listener, format!("{scheme}://{address}")))
}

fn unix(opened: UnixListener, told: String) -> Result<(Listener, String)> {
    let refused = |error| failed("The socket cannot be used", &error);
    opened.set_nonblocking(true).map_err(refused)?;
    let opened = tokio::net::UnixListener::from_std(opened).map_err(refused)?;
    Ok((Listener::Unix(opened), told))
}

/// A socket that only its owner may use (the umask is 077). One that a process left behind gives
/// way; one that somebody answers at, or something else, does not.
fn bind_unix(path: &Path) -> Result<UnixListener> {
    let is_socket =
        std::fs::symlink_metadata(path).is_ok_and(|about| about.file_type().is_socket());
    if is_socket && UnixStream::connect(path).is_err() {
        let _ = std::fs::remove_file(path);
    }
    UnixListener::bind(path).map_err(|error| failed("The socket cannot be made", &error))
}

fn socket_is_passed() -> bool {
    let number = |name| variable(name).and_then(|value| value.parse::<u32>().ok());
    number("LISTEN_PID") == Some(std::process::id()) && number("LISTEN_FDS").is_some_and(|n| n > 0)
}

#[expect(
    unsafe_code,
    reason = "a descriptor that was passed has no other owner and no safe way in"
)]
fn passed(tls: Option<ServerCertificate>) -> Result<(Listener, String)> {
    // SAFETY: the service manager passed this descriptor to this process, as LISTEN_PID says, and
    // this is the only place that takes it.
    let socket = unsafe { std::os::fd::OwnedFd::from_raw_fd(FIRST_SOCKET) };
    match socket_domain(&socket) {
        Ok(AddressFamily::UNIX) => unix(socket.into(), "the socket that was passed".to_owned()),
        Ok(AddressFamily::INET | AddressFamily::INET6) => tcp(socket.into(), tls),
        _ => Err(Problem::new(
            Code::Io,
            "What the service manager passed is no socket to serve at.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_that_was_left_behind_gives_way() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("socket");
        let first = bind_unix(&path).unwrap();
        assert!(bind_unix(&path).is_err(), "somebody answers there");
        drop(first);
        drop(bind_unix(&path).unwrap());
        let file = folder.path().join("file");
        std::fs::write(&file, "x").unwrap();
        assert!(bind_unix(&file).is_err());
        assert_eq!(std::fs::read(&file).unwrap(), b"x");
    }
}
