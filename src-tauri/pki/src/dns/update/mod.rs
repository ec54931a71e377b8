//! Writing TXT records by dynamic update (RFC 2136), signed with a shared key (TSIG, RFC 8945).

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use hickory_proto::op::{Message, OpCode, Query, ResponseCode};
use hickory_proto::rr::rdata::TXT;
use hickory_proto::rr::{DNSClass, Name, RData, Record, RecordType};
use tokio::time::{Instant, timeout_at};
use zeroize::Zeroizing;

use super::text::dotless;
use super::wire::{self, Failure, Question};
use super::zone::parse;

mod refusal;
mod tsig;

pub use refusal::{UpdateCode, UpdateRefusal};
pub use tsig::TsigAlgorithm;
use tsig::{Key, Signed, Verdict};

/// Bytes of one string of a TXT record.
const STRING_BYTES: usize = 255;
/// Bytes of a value: far above what any challenge needs.
const VALUE_BYTES: usize = 4_096;

/// A server that takes dynamic updates, and the key that it takes them from.
pub struct UpdateClient {
    /// The primary server of the zone.
    pub server: SocketAddr,
    /// The zone; without it the server is asked which one a name belongs to.
    pub zone: Option<String>,
    /// The name of the key, as the server knows it.
    pub key_name: String,
    /// The algorithm of the key.
    pub algorithm: TsigAlgorithm,
    /// The secret itself, not its base64.
    pub secret: Zeroizing<Vec<u8>>,
    /// The time for one update.
    pub timeout: Duration,
}

impl fmt::Debug for UpdateClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdateClient")
            .field("server", &self.server)
            .field("zone", &self.zone)
            .field("key_name", &self.key_name)
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
}

impl UpdateClient {
    /// Adds a TXT record; others at the name stay, and one that is there already is no mistake.
    /// `now` is the time in seconds since 1970, which is signed.
    pub async fn add_txt(
        &self,
        name: &str,
        value: &str,
        ttl: u32,
        now: u64,
    ) -> Result<(), UpdateRefusal> {
        let name = record_name(name)?;
        let record = Record::from_rdata(name, ttl, text(value)?);
        self.update(record, now).await
    }

    /// Removes a TXT record; others at the name stay, and one that is gone already is no mistake.
    /// `now` is the time in seconds since 1970, which is signed.
    pub async fn remove_txt(&self, name: &str, value: &str, now: u64) -> Result<(), UpdateRefusal> {
        let mut record = Record::from_rdata(record_name(name)?, 0, text(value)?);
        // "Delete an RR from an RRset" (RFC 2136 section 2.5.4)
        record.dns_class = DNSClass::NONE;
        self.update(record, now).await
    }

    async fn update(&self, record: Record, now: u64) -> Result<(), UpdateRefusal> {
        let deadline = Instant::now() + self.timeout;
        let zone = match &self.zone {
            Some(zone) => record_name(zone)?,
            None => self.zone_of(&record.name, deadline).await?,
        };
        if !zone.zone_of(&record.name) {
            return Err(not_in_zone(&zone));
        }
        let mut message = Message::query();
        message.metadata.op_code = OpCode::Update;
        message.add_query(Query::query(zone.clone(), RecordType::SOA));
        // The third section of an update is what changes.
        message.add_authority(record);
        let key = self.key()?;
        let signed = key.sign(&message, now).map_err(|_| invalid("record"))?;
        let answer = timeout_at(deadline, wire::over_tcp(self.server, &signed.bytes)).await;
        let answer = answer.map_err(|_| self.timed_out())?;
        let answer = answer.map_err(|_| self.unreachable())?;
        self.judge(&key, &signed, &answer, message.metadata.id, &zone, now)
    }

    fn judge(
        &self,
        key: &Key,
        signed: &Signed,
        answer: &[u8],
        id: u16,
        zone: &Name,
        now: u64,
    ) -> Result<(), UpdateRefusal> {
        let verdict = key.verify(answer, signed, now);
        let read = Message::from_vec(answer).ok();
        let code =
            read.filter(|read| read.metadata.id == id && read.metadata.op_code == OpCode::Update);
        let Some(code) = code.map(|read| read.metadata.response_code) else {
            return Err(self.untrusted());
        };
        match verdict {
            Verdict::Good => by_code(code, zone),
            // Who refuses need not prove who it is: nothing is believed but that nothing was done.
            Verdict::Unsigned if code != ResponseCode::NoError => by_code(code, zone),
            Verdict::Unsigned | Verdict::Forged => Err(self.untrusted()),
            Verdict::KeyUnknown => Err(UpdateRefusal::new(
                UpdateCode::KeyUnknown,
                format!(
                    "The DNS server does not know the key ‘{}’ (BADKEY).",
                    self.shown_key()
                ),
                "Check the name of the key and its algorithm, and whether the server has it.",
            )),
            Verdict::SignatureWrong => Err(UpdateRefusal::new(
                UpdateCode::SignatureWrong,
                "The DNS server does not accept the signature (BADSIG).",
                "Check the secret of the key: it must be that of the server, letter by letter.",
            )),
            Verdict::ClockDiffers(seconds) => Err(clock_differs(seconds)),
        }
    }

    /// Asks the server which of its zones a name belongs to.
    async fn zone_of(&self, name: &Name, deadline: Instant) -> Result<Name, UpdateRefusal> {
        let mut at = name.clone();
        while !at.is_root() {
            let question = Question {
                name: at.clone(),
                kind: RecordType::SOA,
                recursion: false,
            };
            let left = deadline.saturating_duration_since(Instant::now());
            let said = match wire::ask(self.server, &question, left).await {
                Ok(said) => said,
                Err(Failure::TimedOut) => return Err(self.timed_out()),
                Err(Failure::NobodyThere | Failure::NoWay) => return Err(self.unreachable()),
                Err(failure) => {
                    return Err(UpdateRefusal::new(
                        UpdateCode::NotAuthoritative,
                        format!("The DNS server does not tell the zone of the name. {failure}"),
                        "Enter the zone in the configuration.",
                    ));
                }
            };
            let records = said.answers.iter().chain(&said.authorities);
            let zone = records
                .filter(|record| matches!(record.data, RData::SOA(_)))
                .find(|record| record.name.zone_of(&at));
            match zone {
                Some(zone) if !zone.name.is_root() => return Ok(zone.name.to_lowercase()),
                _ => at = at.base_name(),
            }
        }
        Err(UpdateRefusal::new(
            UpdateCode::NotAuthoritative,
            format!("The DNS server has no zone for ‘{}’.", dotless(name)),
            "Enter the address of the primary server of the zone.",
        ))
    }

    fn key(&self) -> Result<Key, UpdateRefusal> {
        let name = parse(&self.key_name).ok_or_else(|| invalid("key"))?;
        Ok(Key::new(name, self.algorithm, &self.secret))
    }

    fn shown_key(&self) -> String {
        crate::name::shown(&self.key_name)
    }

    fn timed_out(&self) -> UpdateRefusal {
        UpdateRefusal::new(
            UpdateCode::TimedOut,
            format!("The DNS server {} did not answer in time.", self.server),
            "Check the address, and whether a firewall lets TCP through to this port.",
        )
    }

    fn unreachable(&self) -> UpdateRefusal {
        UpdateRefusal::new(
            UpdateCode::Unreachable,
            format!("There is no connection to the DNS server {}.", self.server),
            "Check address and port, and whether the server runs and takes TCP.",
        )
    }

    fn untrusted(&self) -> UpdateRefusal {
        UpdateRefusal::new(
            UpdateCode::AnswerUntrusted,
            format!(
                "What answered at {} did not prove that it has the key.",
                self.server
            ),
            "Check the address. Whether the change was made is not known.",
        )
    }
}

/// What the code of an answer means.
#[rustfmt::skip] // one answer a block
fn by_code(code: ResponseCode, zone: &Name) -> Result<(), UpdateRefusal> {
    let zone_name = dotless(zone);
    Err(match code {
        ResponseCode::NoError => return Ok(()),
        ResponseCode::Refused => UpdateRefusal::new(
            UpdateCode::Refused,
            format!("The DNS server refused to change ‘{zone_name}’ (REFUSED)."),
            "Allow the key to change TXT records there (BIND: ‘update-policy’ or ‘allow-update’).",
        ),
        ResponseCode::NotAuth => UpdateRefusal::new(
            UpdateCode::NotAuthoritative,
            format!("The DNS server is not the primary server of the zone ‘{zone_name}’ (NOTAUTH)."),
            "Enter the address of the primary server, and the name of the zone as the server has it.",
        ),
        ResponseCode::NotZone => not_in_zone(zone),
        ResponseCode::ServFail => UpdateRefusal::new(
            UpdateCode::ServerFailed,
            "The DNS server failed to make the change (SERVFAIL).",
            "Look at the log of the server; it may be unable to write its zone.",
        ),
        other => UpdateRefusal::new(
            UpdateCode::Rejected,
            format!("The DNS server did not make the change ({other})."),
            "Check whether the server takes dynamic updates for the zone.",
        ),
    })
}

fn record_name(name: &str) -> Result<Name, UpdateRefusal> {
    parse(name).ok_or_else(|| invalid("record"))
}

/// A value in as many strings as it needs.
fn text(value: &str) -> Result<RData, UpdateRefusal> {
    if value.is_empty() || value.len() > VALUE_BYTES {
        return Err(invalid("record"));
    }
    let strings = value.as_bytes().chunks(STRING_BYTES).collect();
    Ok(RData::TXT(TXT::from_bytes(strings)))
}

fn invalid(what: &str) -> UpdateRefusal {
    UpdateRefusal::new(
        UpdateCode::RecordInvalid,
        format!("The name or the value of the {what} is none that DNS can have."),
        "Check how it is spelled.",
    )
}

fn not_in_zone(zone: &Name) -> UpdateRefusal {
    UpdateRefusal::new(
        UpdateCode::NotInZone,
        format!("The name is not in the zone ‘{}’ (NOTZONE).", dotless(zone)),
        "Enter the zone that the name belongs to, or none to have it found.",
    )
}

fn clock_differs(seconds: Option<i64>) -> UpdateRefusal {
    let message = match seconds {
        Some(seconds @ 1..) => {
            format!("This computer's clock is {seconds} s behind the DNS server's (BADTIME).")
        }
        Some(seconds @ ..=-1) => {
            let seconds = seconds.unsigned_abs();
            format!("This computer's clock is {seconds} s ahead of the DNS server's (BADTIME).")
        }
        _ => "This computer's clock and the DNS server's are too far apart (BADTIME).".to_owned(),
    };
    let remedy = "Set the clocks of both computers; 5 minutes of difference are allowed.";
    UpdateRefusal::new(UpdateCode::ClockDiffers, message, remedy)
}
