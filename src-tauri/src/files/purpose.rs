//! What files are for, and what each purpose takes.

use keyturn_api::secret::{arbitrary, kv};
use keyturn_api::{Plaintext, Problem, Result, fields};
use keyturn_pki::limits;
use serde::Deserialize;
use specta::Type;

/// UTF-8 needs at most so many bytes for a character.
const BYTES_PER_CHAR: usize = 4;
/// Laid out, JSON is larger than what it says: so many times at most, as far as it is read.
const LAYOUT: usize = 8;

/// What a file is picked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FilePurpose {
    /// To be the value of an arbitrary secret.
    Value,
    /// To be the object of a key-value secret.
    Data,
    /// To be parts of a certificate: certificate, intermediates, private key, in any form.
    Certificate,
    /// To be trusted when an instance is connected: certificates of authorities, in any form.
    RootCertificates,
    /// To be custom metadata: its text is handed to the page, and nothing is kept.
    Metadata,
}

impl FilePurpose {
    /// What takes the largest files, in any form. Where a file was dropped, only the page knows what
    /// it is for: it is checked once the page has said so.
    pub(super) const LARGEST: Self = Self::Certificate;

    /// Whether the file is kept under a token; else its text is handed to the page.
    pub(super) const fn keeps(self) -> bool {
        !matches!(self, Self::Metadata)
    }

    /// Whether it is of no use without an open instance.
    pub(super) const fn is_for_instance(self) -> bool {
        !matches!(self, Self::RootCertificates)
    }

    /// Bytes of the largest file that is read, and the rule in words. Contents are measured exactly
    /// once they are read.
    pub(super) fn limit(self) -> (usize, String) {
        match self {
            Self::Value => (
                fields::PAYLOAD_CHARS * BYTES_PER_CHAR,
                format!(
                    "a value has at most {} characters, a binary file {} bytes",
                    fields::grouped(fields::PAYLOAD_CHARS),
                    fields::grouped(fields::PAYLOAD_BINARY_BYTES)
                ),
            ),
            Self::Data => (
                LAYOUT * fields::DATA_BYTES,
                format!(
                    "an object is limited to {} bytes as JSON",
                    fields::grouped(fields::DATA_BYTES)
                ),
            ),
            Self::Certificate | Self::RootCertificates => (
                limits::FILE_BYTES,
                format!(
                    "files with certificates are read up to {} bytes",
                    fields::grouped(limits::FILE_BYTES)
                ),
            ),
            Self::Metadata => (
                LAYOUT * fields::METADATA_BYTES,
                format!(
                    "metadata is limited to {} bytes",
                    fields::grouped(fields::METADATA_BYTES)
                ),
            ),
        }
    }

    /// Whether contents are what the purpose takes.
    pub(crate) fn check(self, contents: &Plaintext) -> Result<()> {
        match self {
            Self::Value => arbitrary::check_payload(contents),
            Self::Data => kv::Data::parse(contents).map(drop),
            Self::Metadata if contents.is_binary() => Err(Problem::field(
                "file",
                "Metadata is JSON, and this is no text.",
            )),
            // a certificate may need its password first
            Self::Certificate | Self::RootCertificates | Self::Metadata => Ok(()),
        }
    }
}
