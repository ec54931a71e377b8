//! Signatures of messages by a shared key (TSIG, RFC 8945).

use aws_lc_rs::hmac;
use hickory_proto::ProtoError;
use hickory_proto::op::{Header, Message};
use hickory_proto::rr::rdata::TSIG;
use hickory_proto::rr::rdata::tsig::{TsigAlgorithm as Wire, TsigError};
use hickory_proto::rr::{DNSClass, Name, RData, Record};
use hickory_proto::serialize::binary::{BinDecodable, BinDecoder, BinEncodable, BinEncoder};

/// Seconds that two clocks may be apart (section 10).
const FUDGE: u16 = 300;
/// Where the header counts the additional records.
const ADDITIONALS: std::ops::Range<usize> = 10..12;

/// How messages are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TsigAlgorithm {
    /// HMAC with SHA-256.
    HmacSha256,
    /// HMAC with SHA-384.
    HmacSha384,
    /// HMAC with SHA-512.
    HmacSha512,
}

impl TsigAlgorithm {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::HmacSha256, Self::HmacSha384, Self::HmacSha512];

    /// Its name in DNS.
    pub const fn name(self) -> &'static str {
        match self {
            Self::HmacSha256 => "hmac-sha256",
            Self::HmacSha384 => "hmac-sha384",
            Self::HmacSha512 => "hmac-sha512",
        }
    }

    /// The algorithm of a name, whatever the case of its letters.
    pub fn from_name(name: &str) -> Option<Self> {
        let same = |algorithm: &Self| algorithm.name().eq_ignore_ascii_case(name);
        Self::ALL.into_iter().find(same)
    }

    const fn wire(self) -> Wire {
        match self {
            Self::HmacSha256 => Wire::HmacSha256,
            Self::HmacSha384 => Wire::HmacSha384,
            Self::HmacSha512 => Wire::HmacSha512,
        }
    }

    const fn hmac(self) -> hmac::Algorithm {
        match self {
            Self::HmacSha256 => hmac::HMAC_SHA256,
            Self::HmacSha384 => hmac::HMAC_SHA384,
            Self::HmacSha512 => hmac::HMAC_SHA512,
        }
    }
}

/// A key with its name.
pub(super) struct Key {
    name: Name,
    algorithm: TsigAlgorithm,
    hmac: hmac::Key,
}

/// What a signed question looks like, and what its answer must refer to.
pub(super) struct Signed {
    pub(super) bytes: Vec<u8>,
    mac: Vec<u8>,
}

/// What the signature of an answer says.
pub(super) enum Verdict {
    /// Who has the key answered in time.
    Good,
    /// There is no signature.
    Unsigned,
    /// It is none of who has the key.
    Forged,
    /// The server does not know the key.
    KeyUnknown,
    /// The server does not accept the signature of the question.
    SignatureWrong,
    /// The clocks are apart, by so many seconds if the server said it; it is ahead if above zero.
    ClockDiffers(Option<i64>),
}

impl Key {
    pub(super) fn new(name: Name, algorithm: TsigAlgorithm, secret: &[u8]) -> Self {
        Self {
            name,
            algorithm,
            hmac: hmac::Key::new(algorithm.hmac(), secret),
        }
    }

    /// Signs a message; `now` is in seconds since 1970.
    pub(super) fn sign(&self, message: &Message, now: u64) -> Result<Signed, ProtoError> {
        let mut bytes = message.to_vec()?;
        let (algorithm, id) = (self.algorithm.wire(), message.metadata.id);
        let tsig = TSIG::new(algorithm, now, FUDGE, Vec::new(), id, None, Vec::new());
        let covered = [&bytes[..], &self.variables(&tsig)?].concat();
        let mac = hmac::sign(&self.hmac, &covered).as_ref().to_vec();
        let mut record = Record::from_rdata(self.name.clone(), 0, tsig.set_mac(mac.clone()));
        record.dns_class = DNSClass::ANY;
        // By itself, so that no name in it is an abbreviation.
        bytes.extend(record.to_bytes()?);
        add(&mut bytes, 1);
        Ok(Signed { bytes, mac })
    }

    /// Judges the signature of an answer (section 5.3).
    pub(super) fn verify(&self, answer: &[u8], signed: &Signed, now: u64) -> Verdict {
        match last_record(answer) {
            Ok(Some((start, record))) => match &record.data {
                RData::TSIG(tsig) if record.name == self.name => {
                    self.judge(answer, start, tsig, signed, now)
                }
                RData::TSIG(_) => Verdict::Forged,
                _ => Verdict::Unsigned,
            },
            Ok(None) => Verdict::Unsigned,
            Err(_) => Verdict::Forged,
        }
    }

    fn judge(
        &self,
        answer: &[u8],
        start: usize,
        tsig: &TSIG,
        signed: &Signed,
        now: u64,
    ) -> Verdict {
        // Who cannot tell who asks cannot sign for them.
        match tsig.error {
            Some(TsigError::BadKey) => return Verdict::KeyUnknown,
            Some(TsigError::BadSig | TsigError::BadTrunc) => return Verdict::SignatureWrong,
            _ => (),
        }
        let Ok(variables) = self.variables(tsig) else {
            return Verdict::Forged;
        };
        let mut message = answer[..start].to_vec();
        message[..2].copy_from_slice(&tsig.oid.to_be_bytes());
        add(&mut message, -1);
        let length = u16::try_from(signed.mac.len()).unwrap_or(u16::MAX);
        let covered = [&length.to_be_bytes()[..], &signed.mac, &message, &variables].concat();
        let ours = tsig.algorithm == self.algorithm.wire();
        if !ours || hmac::verify(&self.hmac, &covered, &tsig.mac).is_err() {
            return Verdict::Forged;
        }
        if tsig.error == Some(TsigError::BadTime) {
            return Verdict::ClockDiffers(ahead(&tsig.other, now));
        }
        if tsig.time.abs_diff(now) > u64::from(FUDGE) {
            let server = i64::try_from(tsig.time).ok();
            let ours = i64::try_from(now).ok();
            return Verdict::ClockDiffers(server.zip(ours).map(|(server, ours)| server - ours));
        }
        Verdict::Good
    }

    /// What is signed of the signature's own record (section 4.3.3).
    fn variables(&self, tsig: &TSIG) -> Result<Vec<u8>, ProtoError> {
        let mut bytes = Vec::new();
        tsig.emit_tsig_for_mac(&mut BinEncoder::new(&mut bytes), &self.name)?;
        Ok(bytes)
    }
}

/// By how much the clock of a server is ahead, of six bytes.
fn ahead(other: &[u8], now: u64) -> Option<i64> {
    let mut bytes = [0; 8];
    bytes[2..].copy_from_slice(other.get(..6)?);
    i64::from_be_bytes(bytes).checked_sub_unsigned(now)
}

/// The last record of a message and where it begins.
fn last_record(message: &[u8]) -> Result<Option<(usize, Record)>, ProtoError> {
    let mut decoder = BinDecoder::new(message);
    let counts = Header::read(&mut decoder)?.counts;
    Message::read_queries(&mut decoder, usize::from(counts.queries))?;
    let mut last = None;
    let others = u32::from(counts.answers) + u32::from(counts.authorities);
    for _ in 0..others {
        Record::<RData>::read(&mut decoder)?;
    }
    for _ in 0..counts.additionals {
        last = Some((decoder.index(), Record::read(&mut decoder)?));
    }
    Ok(last)
}

/// Adds to the number of additional records.
fn add(message: &mut [u8], count: i16) {
    if let Some(field) = message.get_mut(ADDITIONALS)
        && let Ok(bytes) = <[u8; 2]>::try_from(&*field)
    {
        let sum = u16::from_be_bytes(bytes).wrapping_add_signed(count);
        field.copy_from_slice(&sum.to_be_bytes());
    }
}
