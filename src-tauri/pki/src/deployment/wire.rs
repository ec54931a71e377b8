//! A connection that ends in time and takes no more than it should, whatever the server does.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::{Address, ProbeCode, ProbeRefusal};

/// Bytes that are read: a handshake with 20 certificates of the largest size is far below.
const READ_BYTES: usize = 2 << 20;
/// First bytes that are kept to tell what answered.
const FIRST_BYTES: usize = 64;
/// Addresses of a name that are tried.
const ADDRESSES: usize = 8;

/// A connection with an end.
pub(super) struct Wire {
    stream: TcpStream,
    deadline: Instant,
    left: usize,
    /// The first bytes that came.
    pub(super) first: Vec<u8>,
}

impl Wire {
    /// Connects to the first address of a host that answers.
    pub(super) fn connect(
        address: &Address,
        deadline: Instant,
    ) -> Result<(Self, SocketAddr), ProbeRefusal> {
        let found = resolve(address, deadline)?;
        let mut failed = None;
        let count = found.len();
        for (position, address) in found.into_iter().enumerate() {
            // One that does not answer leaves time for the others.
            let others = u32::try_from(count - position).unwrap_or(1);
            let Some(time) = remaining(deadline) else {
                break;
            };
            match TcpStream::connect_timeout(&address, time / others) {
                Ok(stream) => {
                    // Small messages in turn: not to wait for more of them.
                    let _ = stream.set_nodelay(true);
                    let wire = Self {
                        stream,
                        deadline,
                        left: READ_BYTES,
                        first: Vec::new(),
                    };
                    return Ok((wire, address));
                }
                Err(error) => failed = Some(error),
            }
        }
        Err(match failed.map(|error| error.kind()) {
            Some(io::ErrorKind::ConnectionRefused) => ProbeRefusal::new(
                ProbeCode::Unreachable,
                format!(
                    "Nobody listens on port {} of ‘{}’.",
                    address.port, address.host
                ),
            )
            .remedy("Check the port, and whether the server runs."),
            None | Some(io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock) => timed_out(address),
            Some(_) => ProbeRefusal::new(
                ProbeCode::Unreachable,
                format!("There is no way to ‘{}’.", address.host),
            )
            .remedy("Check the address and this computer's network."),
        })
    }

    fn time(&self) -> io::Result<Duration> {
        remaining(self.deadline).ok_or_else(|| io::ErrorKind::TimedOut.into())
    }
}

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::ErrorKind::QuotaExceeded.into());
        }
        let time = self.time()?;
        self.stream.set_read_timeout(Some(time))?;
        let most = buffer.len().min(self.left);
        let count = self.stream.read(&mut buffer[..most])?;
        self.left -= count;
        let kept = count.min(FIRST_BYTES - self.first.len());
        self.first.extend_from_slice(&buffer[..kept]);
        Ok(count)
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let time = self.time()?;
        self.stream.set_write_timeout(Some(time))?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// The time that is left, if any is.
pub(super) fn remaining(deadline: Instant) -> Option<Duration> {
    let time = deadline.saturating_duration_since(Instant::now());
    (time > Duration::ZERO).then_some(time)
}

pub(super) fn timed_out(address: &Address) -> ProbeRefusal {
    let (host, port) = (&address.host, address.port);
    ProbeRefusal::new(
        ProbeCode::TimedOut,
        format!("‘{host}’ did not answer on port {port} in time."),
    )
    .remedy("Check the port, and whether a firewall stands between.")
}

/// The system's resolver knows no deadline, so it is left behind when time is up.
fn resolve(address: &Address, deadline: Instant) -> Result<Vec<SocketAddr>, ProbeRefusal> {
    let (sender, receiver) = mpsc::channel();
    let target = (address.host.clone(), address.port);
    thread::spawn(move || {
        let found = target
            .to_socket_addrs()
            .map(|found| found.take(ADDRESSES).collect());
        // Nobody waits any more if it took too long.
        let _ = sender.send(found);
    });
    let time = remaining(deadline).unwrap_or_default();
    let found: io::Result<Vec<_>> = receiver
        .recv_timeout(time)
        .map_err(|_| timed_out(address))?;
    found.ok().filter(|found| !found.is_empty()).ok_or_else(|| {
        ProbeRefusal::new(
            ProbeCode::NameNotFound,
            format!("The name ‘{}’ leads to no address.", address.host),
        )
        .remedy("Check how it is spelled, and this computer's network.")
    })
}
