//! What a check of one record found.

use serde::Serialize;
use specta::Type;

use super::Mistake;

/// A TXT record that a certificate authority will look for (RFC 8555 section 8.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Wanted {
    /// The name that the certificate is for, such as `example.com` or `*.example.com`.
    pub domain: String,
    /// The name of the record, such as `_acme-challenge.example.com`.
    pub name: String,
    /// Its text.
    pub value: String,
}

/// What was found for one record. Names are written without the dot at their end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Checked {
    /// The record that was asked for.
    pub record: Wanted,
    /// The zone that the record belongs to, if it was found.
    pub zone: Option<String>,
    /// The part of the record's name before the zone; `@` if there is none.
    pub relative_name: String,
    /// The name that CNAME records lead to; it is the one that was asked for.
    pub followed: Option<String>,
    /// What each server said, the authoritative ones first.
    pub servers: Vec<ServerAnswer>,
    /// Whether all that count see the record: each authoritative server, of which there must be
    /// one, and the chosen resolvers.
    pub agreed: bool,
    /// What seems to be wrong.
    pub mistakes: Vec<Mistake>,
    /// Why zone or servers could not be found, in a sentence.
    pub trouble: Option<String>,
}

/// What one server said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ServerAnswer {
    /// The server's name; that of a resolver is its address.
    pub name: String,
    /// Its address, with the port if that is not the usual one.
    pub address: String,
    /// Whether it is an authority for the zone, not a resolver.
    pub authoritative: bool,
    /// What it said.
    pub answer: Answer,
}

/// What a server said about a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Answer {
    /// The record is there.
    Seen {
        /// For how many seconds it may be remembered.
        ttl: u32,
    },
    /// There are other texts at the name.
    Wrong {
        /// The first of them, each cut to what can be shown.
        values: Vec<String>,
        /// For how many seconds they may be remembered.
        ttl: u32,
    },
    /// There is no text at the name.
    Missing {
        /// For how many seconds that may be remembered, if it was said.
        ttl: Option<u32>,
    },
    /// It did not say.
    NoAnswer {
        /// Why, in a sentence.
        reason: String,
    },
    /// It was spared: no authority has the record, and a resolver would remember that.
    NotAsked,
}

impl Answer {
    /// Whether the record is there.
    pub const fn is_seen(&self) -> bool {
        matches!(self, Self::Seen { .. })
    }
}

/// Where a record belongs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ZonePlace {
    /// The zone.
    pub zone: String,
    /// The part of the name before the zone; `@` if there is none.
    pub relative_name: String,
}
