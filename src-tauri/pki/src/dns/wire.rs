//! One question to one server: over UDP first, over TCP when the answer does not fit.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use hickory_proto::op::{Edns, Message, MessageType, OpCode, Query, ResponseCode};
use hickory_proto::rr::{Name, RecordType};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::{Instant, timeout_at};

/// What is taken over UDP: what no network on the way cuts into pieces (DNS flag day 2020).
const UDP_BYTES: u16 = 1_232;
/// Bytes of a packet that are read, for servers that send more than they were asked to.
const PACKET_BYTES: usize = 4_096;
/// Packets that are looked at while one question waits; who sends more wants to keep us busy.
const PACKETS: usize = 32;
/// How often a question is sent within its time: a packet may get lost.
const TRIES: u32 = 3;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Question {
    pub(super) name: Name,
    pub(super) kind: RecordType,
    /// Whether the server should ask others.
    pub(super) recursion: bool,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Failure {
    #[error("It did not answer in time.")]
    TimedOut,
    #[error("The time for the whole check was over.")]
    Over,
    #[error("Nobody listens there.")]
    NobodyThere,
    #[error("There is no way to it from here.")]
    NoWay,
    #[error("What it sent is no answer to what was asked.")]
    Garbled,
    #[error("Its answer was truncated, and it did not answer over TCP.")]
    NoTcp,
    #[error("Its answer was truncated, over TCP too.")]
    Truncated,
    #[error("It refused to answer (REFUSED).")]
    Refused,
    #[error("It failed to answer (SERVFAIL).")]
    ServerFailed,
    #[error("It answered with an error ({0}).")]
    Code(String),
    #[error("It is not an authority for the zone (lame delegation).")]
    Lame,
    #[error("CNAME records lead in a circle, or too far.")]
    Circle,
    #[error("It leads to another name than the other servers, ‘{0}’.")]
    OtherTarget(String),
}

/// Asks a server and returns its answer, which holds records or says that there are none.
pub(super) async fn ask(
    server: SocketAddr,
    question: &Question,
    time: Duration,
) -> Result<Message, Failure> {
    let deadline = Instant::now() + time;
    let mut answer = ask_with(server, &request(question, true), time, deadline).await?;
    if answer.metadata.response_code == ResponseCode::FormErr {
        // A server from before EDNS (RFC 6891 section 7).
        let time = deadline.saturating_duration_since(Instant::now());
        answer = ask_with(server, &request(question, false), time, deadline).await?;
    }
    match answer.metadata.response_code {
        ResponseCode::NoError | ResponseCode::NXDomain => Ok(answer),
        ResponseCode::Refused => Err(Failure::Refused),
        ResponseCode::ServFail => Err(Failure::ServerFailed),
        code => Err(Failure::Code(code.to_string())),
    }
}

/// Sends a message over TCP and returns what comes back; the time is for the caller to bound.
pub(super) async fn over_tcp(server: SocketAddr, message: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(server).await?;
    let length = u16::try_from(message.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    // In one write, so that it goes in one packet.
    let framed = [&length.to_be_bytes()[..], message].concat();
    stream.write_all(&framed).await?;
    let length = stream.read_u16().await?;
    let mut answer = vec![0; usize::from(length)];
    stream.read_exact(&mut answer).await?;
    Ok(answer)
}

/// A socket that takes packets from one server alone, at a port that nobody can foresee.
pub(super) async fn connected(server: SocketAddr) -> io::Result<UdpSocket> {
    let any: IpAddr = match server {
        SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let socket = UdpSocket::bind((any, 0)).await?;
    socket.connect(server).await?;
    Ok(socket)
}

fn request(question: &Question, extended: bool) -> Message {
    let mut request = Message::query();
    request.metadata.recursion_desired = question.recursion;
    request.add_query(Query::query(question.name.clone(), question.kind));
    if extended {
        let mut edns = Edns::new();
        edns.set_max_payload(UDP_BYTES);
        request.set_edns(edns);
    }
    request
}

async fn ask_with(
    server: SocketAddr,
    request: &Message,
    time: Duration,
    deadline: Instant,
) -> Result<Message, Failure> {
    let bytes = request.to_vec().map_err(|_| Failure::Garbled)?;
    let answer = over_udp(server, request, &bytes, time, deadline).await?;
    if !answer.metadata.truncation {
        return Ok(answer);
    }
    let answer = timeout_at(deadline, over_tcp(server, &bytes)).await;
    let Ok(Ok(answer)) = answer else {
        return Err(Failure::NoTcp);
    };
    match Message::from_vec(&answer) {
        Ok(answer) if !answers(&answer, request) => Err(Failure::Garbled),
        Ok(answer) if answer.metadata.truncation => Err(Failure::Truncated),
        Ok(answer) => Ok(answer),
        Err(_) => Err(Failure::Garbled),
    }
}

async fn over_udp(
    server: SocketAddr,
    request: &Message,
    bytes: &[u8],
    time: Duration,
    deadline: Instant,
) -> Result<Message, Failure> {
    let socket = connected(server).await.map_err(|_| Failure::NoWay)?;
    let mut buffer = vec![0; PACKET_BYTES];
    let (mut left, mut garbled) = (PACKETS, false);
    for attempt in 1..=TRIES {
        socket.send(bytes).await.map_err(|error| failed(&error))?;
        let until = deadline.min(Instant::now() + time / TRIES);
        let until = if attempt == TRIES { deadline } else { until };
        while left > 0 {
            let Ok(received) = timeout_at(until, socket.recv(&mut buffer)).await else {
                break;
            };
            let count = received.map_err(|error| failed(&error))?;
            // Who guesses may get the first word, but not the last: the true answer is waited for.
            match Message::from_vec(&buffer[..count]) {
                Ok(answer) if answers(&answer, request) => return Ok(answer),
                _ => garbled = true,
            }
            left -= 1;
        }
    }
    Err(if garbled {
        Failure::Garbled
    } else {
        Failure::TimedOut
    })
}

/// Whether a message answers a request: anybody can send a packet, but must guess these.
fn answers(answer: &Message, request: &Message) -> bool {
    let (got, sent) = (&answer.metadata, &request.metadata);
    // Who cannot read a question cannot repeat it.
    let unread = answer.queries.is_empty() && got.response_code == ResponseCode::FormErr;
    got.message_type == MessageType::Response
        && got.op_code == OpCode::Query
        && got.id == sent.id
        && (answer.queries == request.queries || unread)
}

fn failed(error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Failure::NobodyThere,
        _ => Failure::NoWay,
    }
}
