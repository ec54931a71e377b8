//! What is kept of a public certificate: beside its versions, and as the value of one.

use keyturn_api::{
    CertificateFields, Code, Plaintext, Problem, Result, State, Timestamp, Validity,
    secret::public_cert::{IssuanceInfo, New},
};
use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

use crate::records::{AuthorizationRecord, SecretRecord};

/// What the record keeps for this type. Times are milliseconds since the Unix epoch.
#[derive(Clone, Debug, Default, Encode, Decode)]
pub(crate) struct Kept {
    /// What was asked for at creation, JSON as the API has it.
    #[n(0)]
    request: String,
    /// Whether rotations that nobody asks for make a new key.
    #[n(1)]
    pub(crate) rotate_keys: bool,
    #[n(2)]
    certificate: Option<KeptCertificate>,
    #[n(3)]
    pub(crate) issuance: Option<Issuance>,
}

/// What the certificate of the current version says.
#[derive(Clone, Debug, Encode, Decode)]
struct KeptCertificate {
    #[n(0)]
    issuer: String,
    #[n(1)]
    serial_number: String,
    #[n(2)]
    not_before: i64,
    #[n(3)]
    not_after: i64,
    #[n(4)]
    signing_algorithm: String,
}

/// The newest order.
#[derive(Clone, Debug, Default, Encode, Decode)]
pub(crate) struct Issuance {
    #[n(0)]
    pub(crate) auto: bool,
    #[n(1)]
    pub(crate) ordered_on: i64,
    #[n(2)]
    pub(crate) validate_at: Option<i64>,
    /// Number of its state.
    #[n(3)]
    pub(crate) state: u8,
    #[n(4)]
    pub(crate) error_code: Option<String>,
    #[n(5)]
    pub(crate) error_message: Option<String>,
    /// For DNS by hand.
    #[n(6)]
    pub(crate) challenges: Vec<AuthorizationRecord>,
}

impl Kept {
    pub(crate) fn new(request: &New) -> Self {
        Self {
            request: serde_json::to_string(request).unwrap_or_default(),
            rotate_keys: request.rotation.rotate_keys.unwrap_or_default(),
            ..Self::default()
        }
    }

    /// The record was opened, so this is as some version of Keyturn wrote it.
    pub(crate) fn of(record: &SecretRecord) -> Self {
        minicbor::decode(&record.detail).unwrap_or_default()
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // Writing into a vector cannot fail.
        let _ = minicbor::encode(self, &mut bytes);
        bytes
    }

    pub(crate) fn request(&self) -> Result<New> {
        serde_json::from_str(&self.request).map_err(|_| {
            Problem::new(
                Code::Damaged,
                "What this certificate was ordered for cannot be read.",
            )
            .remedy("Update Keyturn.")
        })
    }

    /// With what another certificate says.
    #[must_use]
    pub(crate) fn with(self, fields: CertificateFields) -> Self {
        Self {
            certificate: Some(KeptCertificate {
                issuer: fields.issuer,
                serial_number: fields.serial_number,
                not_before: fields.validity.not_before.millis(),
                not_after: fields.validity.not_after.millis(),
                signing_algorithm: fields.signing_algorithm,
            }),
            ..self
        }
    }

    /// Issuer, serial number, signing algorithm and validity of the current version.
    pub(super) fn certificate(&self) -> Option<(String, String, String, Validity)> {
        let kept = self.certificate.clone()?;
        let validity = Validity {
            not_before: Timestamp::from_millis(kept.not_before),
            not_after: Timestamp::from_millis(kept.not_after),
        };
        Some((
            kept.issuer,
            kept.serial_number,
            kept.signing_algorithm,
            validity,
        ))
    }

    /// Start and end of the current version, milliseconds.
    pub(crate) fn validity(&self) -> Option<(i64, i64)> {
        self.certificate
            .as_ref()
            .map(|kept| (kept.not_before, kept.not_after))
    }

    /// The newest order, as the API tells it.
    pub(super) fn issuance_info(&self, manual: bool) -> Option<IssuanceInfo> {
        let issuance = self.issuance.clone()?;
        let state = State::from_number(issuance.state).unwrap_or(State::PreActivation);
        let challenges = issuance.challenges.iter().map(AuthorizationRecord::view);
        Some(IssuanceInfo {
            auto_rotated: issuance.auto,
            challenges: manual.then(|| challenges.collect()),
            dns_challenge_validation_time: issuance.validate_at.map(Timestamp::from_millis),
            error_code: issuance.error_code,
            error_message: issuance.error_message,
            ordered_on: Timestamp::from_millis(issuance.ordered_on),
            state,
            state_description: state.description().to_owned(),
        })
    }
}

/// The value as it is kept. Borrowed, so that reading it copies no key.
#[derive(Encode, Decode)]
pub(crate) struct Value<'b> {
    #[n(0)]
    pub(crate) certificate: &'b str,
    #[n(1)]
    pub(crate) intermediate: Option<&'b str>,
    #[n(2)]
    pub(crate) private_key: &'b str,
}

impl<'b> Value<'b> {
    pub(crate) fn encode(&self) -> Plaintext {
        let chain = self.intermediate.map_or(0, str::len);
        let length = self.certificate.len() + chain + self.private_key.len();
        // room for all of it: growing would leave copies of the key behind
        let mut bytes = Zeroizing::new(Vec::with_capacity(length + 64));
        let _ = minicbor::encode(self, &mut *bytes);
        Plaintext::stored(std::mem::take(&mut *bytes), false)
    }

    pub(crate) fn decode(value: &'b Plaintext) -> Option<Self> {
        minicbor::decode(value.bytes()).ok()
    }
}
