//! Gives a DNS server a further address of loopback: `named` listens only at those that an interface
//! has, which is 127.0.0.1 alone.

use std::collections::HashMap;
use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long who waits for the server does not notice the end.
const NOTICE: Duration = Duration::from_millis(100);

/// Passes on what comes over UDP and TCP; it ends with its value.
pub(super) struct Relay {
    address: SocketAddr,
    over: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

/// Who asked under which number, by the number that the server is asked under.
type Askers = Mutex<HashMap<[u8; 2], (SocketAddr, [u8; 2])>>;

impl Relay {
    /// Starts at an address; fails if that is taken.
    pub(super) fn start(address: SocketAddr, server: SocketAddr) -> io::Result<Self> {
        let outside = UdpSocket::bind(address)?;
        let listener = TcpListener::bind(address)?;
        let inside = UdpSocket::bind((server.ip(), 0))?;
        inside.connect(server)?;
        inside.set_read_timeout(Some(NOTICE))?;
        let over = Arc::new(AtomicBool::new(false));
        let (outside, inside) = (Arc::new(outside), Arc::new(inside));
        let askers = Arc::new(Askers::default());
        let ways = [
            thread::spawn({
                let (outside, inside) = (outside.clone(), inside.clone());
                let (askers, over) = (askers.clone(), over.clone());
                move || questions(&outside, &inside, &askers, &over)
            }),
            thread::spawn({
                let over = over.clone();
                move || answers(&outside, &inside, &askers, &over)
            }),
            thread::spawn({
                let over = over.clone();
                move || connections(&listener, server, &over)
            }),
        ];
        Ok(Self {
            address,
            over,
            threads: ways.into(),
        })
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        // Who waits is woken by one more packet and one more connection.
        if let Ok(socket) = UdpSocket::bind((self.address.ip(), 0)) {
            let _ = socket.send_to(&[], self.address);
        }
        let _ = TcpStream::connect(self.address);
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

fn questions(outside: &UdpSocket, inside: &UdpSocket, askers: &Askers, over: &AtomicBool) {
    let (mut buffer, mut number) = (vec![0; 65_535], 0_u16);
    while !over.load(Ordering::Relaxed) {
        if let Ok((count @ 2.., asker)) = outside.recv_from(&mut buffer) {
            number = number.wrapping_add(1);
            let theirs = [buffer[0], buffer[1]];
            askers
                .lock()
                .unwrap()
                .insert(number.to_be_bytes(), (asker, theirs));
            buffer[..2].copy_from_slice(&number.to_be_bytes());
            let _ = inside.send(&buffer[..count]);
        }
    }
}

fn answers(outside: &UdpSocket, inside: &UdpSocket, askers: &Askers, over: &AtomicBool) {
    let mut buffer = vec![0; 65_535];
    while !over.load(Ordering::Relaxed) {
        if let Ok(count @ 2..) = inside.recv(&mut buffer) {
            let asked = askers.lock().unwrap().remove(&[buffer[0], buffer[1]]);
            if let Some((asker, theirs)) = asked {
                buffer[..2].copy_from_slice(&theirs);
                let _ = outside.send_to(&buffer[..count], asker);
            }
        }
    }
}

fn connections(listener: &TcpListener, server: SocketAddr, over: &AtomicBool) {
    while let Ok((client, _)) = listener.accept() {
        if over.load(Ordering::Relaxed) {
            return;
        }
        if let Ok(server) = TcpStream::connect(server) {
            let (Ok(from), Ok(back)) = (client.try_clone(), server.try_clone()) else {
                continue;
            };
            thread::spawn(move || copy(from, server));
            thread::spawn(move || copy(back, client));
        }
    }
}

fn copy(mut from: TcpStream, mut to: TcpStream) {
    let _ = io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Both);
}
