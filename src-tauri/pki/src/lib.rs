//! Certificates: reading what people have, checking and comparing it, writing it, making requests
//! and signing as a certificate authority.
//!
//! Nothing here stores anything or knows an instance. All that comes in is hostile until it was
//! read: size, depth, count and work are bounded ([`limits`]). Private keys are wiped when dropped
//! and appear in no text of a [`Refusal`].

mod algorithm;
mod certificate;
mod check;
mod compare;
mod deployment;
mod facts;
mod key;
pub mod limits;
mod name;
mod refusal;

pub use algorithm::{Curve, KeyAlgorithm, SignatureAlgorithm};
pub use certificate::{Certificate, Signed};
pub use check::{Extra, Finding, FindingCode, Parts, Report, Severity, check};
pub use compare::{
    AlgorithmChange, CertificateComparison, Concern, ConcernCode, NameChanges, PartChange, Side,
    TextChange, UsageChanges, ValidityChange, compare,
};
pub use deployment::{
    Address, ChainSent, PROBE_TIME, ProbeCode, ProbeRefusal, Served, Serves, Verdict, probe,
    verdict,
};
pub use facts::{AltName, AltNameKind, CertificateFacts, ExtensionFacts};
pub use key::PrivateKey;
pub use name::{NameFacts, NamePart};
pub use refusal::{Part, Reason, Refusal, Result};
