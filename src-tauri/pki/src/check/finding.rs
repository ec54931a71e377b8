//! One thing that was found.

use serde::Serialize;
use specta::Type;

use crate::Part;

/// How bad it is, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It is not taken.
    Refused,
    /// It is taken, but clients may stumble over it.
    Warning,
    /// Good to know.
    Note,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FindingCode {
    /// The private key is not that of the certificate.
    KeyMismatch,
    /// There is no private key.
    NoPrivateKey,
    /// The certificate has expired.
    Expired,
    /// The certificate is not valid yet.
    NotYetValid,
    /// The certificate has no end that anybody will see.
    NoEnd,
    /// Its end is before its start.
    DatesReversed,
    /// It has no alternative names.
    NoAlternativeNames,
    /// It is a certificate authority.
    CaAsLeaf,
    /// It is its own issuer, and also says that it is an authority.
    SelfSignedCa,
    /// It is its own issuer.
    SelfSigned,
    /// It was signed with an algorithm that can be forged.
    WeakSignature,
    /// Its key can be broken.
    WeakKey,
    /// Its serial number is not allowed.
    SerialNumber,
    /// It must be refused by who does not understand one of its extensions, and few do.
    UnknownCriticalExtension,
    /// It was made for a log, not for use.
    Precertificate,
    /// It has an extension twice.
    DuplicateExtension,
    /// Its extension cannot be decoded.
    DamagedExtension,
    /// There is no intermediate certificate.
    NoIntermediate,
    /// None of the intermediate certificates issued the certificate.
    IntermediateDoesNotSign,
    /// The issuer has the right name, but the wrong key.
    SignatureWrong,
    /// The signature cannot be checked here.
    SignatureUnchecked,
    /// The intermediate certificates are not in order.
    IntermediateOutOfOrder,
    /// A certificate is missing between others.
    IntermediateGap,
    /// An intermediate certificate is the certificate itself, or there twice.
    IntermediateRepeated,
    /// An intermediate certificate has nothing to do with the others.
    IntermediateUnrelated,
    /// An intermediate certificate has expired.
    IntermediateExpired,
    /// An intermediate certificate is not valid yet.
    IntermediateNotYetValid,
    /// An intermediate certificate ends before the certificate.
    IntermediateEndsEarlier,
    /// An intermediate certificate is no certificate authority.
    IntermediateNoCa,
    /// The key or signature of an intermediate certificate is weak.
    IntermediateWeak,
    /// An authority may not issue for one of the names.
    NameConstraint,
    /// There are more authorities below one than it allows.
    PathLength,
    /// The field of the certificate holds more certificates.
    ExtraCertificates,
    /// The field of the certificate holds a private key.
    ExtraPrivateKey,
    /// The field of the certificate holds something else.
    ExtraText,
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Finding {
    /// Which part it is about.
    pub part: Part,
    /// How bad it is.
    pub severity: Severity,
    /// What was found, to branch on.
    pub code: FindingCode,
    /// What was found, in one or two sentences.
    pub message: String,
    /// What to do.
    pub remedy: Option<String>,
}

impl Finding {
    pub(super) fn refused(part: Part, code: FindingCode, message: impl Into<String>) -> Self {
        Self::new(part, Severity::Refused, code, message.into())
    }

    pub(super) fn warning(part: Part, code: FindingCode, message: impl Into<String>) -> Self {
        Self::new(part, Severity::Warning, code, message.into())
    }

    pub(super) fn note(part: Part, code: FindingCode, message: impl Into<String>) -> Self {
        Self::new(part, Severity::Note, code, message.into())
    }

    fn new(part: Part, severity: Severity, code: FindingCode, message: String) -> Self {
        Self {
            part,
            severity,
            code,
            message,
            remedy: None,
        }
    }

    #[must_use]
    pub(super) fn remedy(mut self, remedy: &str) -> Self {
        self.remedy = Some(remedy.to_owned());
        self
    }
}
