//! The usual mistakes with these records, and how they are recognised.

use futures_util::future::{join, join_all};
use hickory_proto::ProtoError;
use hickory_proto::op::ResponseCode;
use hickory_proto::rr::{Name, RecordType};
use serde::Serialize;
use specta::Type;

use super::asker::Asker;
use super::follow::{Found, bare};
use super::text::dotless;
use super::{Answer, ServerAnswer, Wanted, zone};

/// What stands before a domain in the name of its record.
const PREFIX: &str = "_acme-challenge";

/// What seems to be wrong with a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Mistake {
    /// The full name was entered where only the part before the zone belongs.
    ZoneDoubled {
        /// The name at which the record is.
        found_at: String,
    },
    /// Quotes or white space are part of the text.
    Quoted,
    /// Of two texts for one name only the other one is there.
    OtherValueOnly,
    /// The record is at another name.
    WrongDepth {
        /// The name at which it is.
        found_at: String,
    },
    /// A CNAME record leads to where the record is missing.
    CnameElsewhere {
        /// The name it leads to.
        target: String,
    },
    /// CAA records forbid the certificate authority to issue (RFC 8659).
    CaaForbids {
        /// The authorities that may, with the terms for it (RFC 8657); none if nobody may.
        issuers: Vec<String>,
    },
    /// CAA records cannot be looked up. The authority refuses then, too.
    CaaUnknown {
        /// The name they were looked for at.
        name: String,
    },
    /// There is no zone for the name: the domain is not registered, or misspelt.
    NoZone,
}

impl Asker<'_> {
    /// What explains that a record is not seen.
    pub(super) async fn mistakes(
        &self,
        all: &[Wanted],
        this: &Wanted,
        name: &Name,
        found: &Found,
    ) -> Vec<Mistake> {
        let Some(zone) = &found.zone else {
            // Where nobody answered, nothing is known.
            return Vec::from_iter(found.nowhere.then_some(Mistake::NoZone));
        };
        let mut mistakes = in_texts(all, this, name, &found.servers);
        if let Some(target) = &found.target {
            let target = dotless(target);
            mistakes.push(Mistake::CnameElsewhere { target });
        }
        let value = this.value.as_bytes();
        let at = found.target.as_ref().unwrap_or(name);
        let doubled = self.doubled(at, found.last_zone.as_ref(), value);
        let (doubled, elsewhere) = join(doubled, self.elsewhere(name, zone, value)).await;
        mistakes.extend(doubled);
        mistakes.extend(elsewhere);
        if mistakes.is_empty() && self.is_unregistered(name, zone).await {
            mistakes.push(Mistake::NoZone);
        }
        mistakes
    }

    /// A console that adds the zone by itself was given the full name.
    async fn doubled(&self, name: &Name, zone: Option<&Name>, value: &[u8]) -> Option<Mistake> {
        let zone = zone?;
        let doubled = name.clone().append_name(zone).ok()?;
        let found = self.has(zone, &doubled, value).await;
        found.then(|| Mistake::ZoneDoubled {
            found_at: dotless(&doubled),
        })
    }

    /// The value at a name that is higher, lower or without what should stand before the domain.
    async fn elsewhere(&self, name: &Name, zone: &Name, value: &[u8]) -> Vec<Mistake> {
        let domain = name.base_name();
        let below = |label: &str| domain.prepend_label(label).and_then(|name| prefixed(&name));
        let candidates = [
            Ok(domain.clone()),
            prefixed(&domain.base_name()),
            prefixed(zone),
            below("www"),
            below("*"),
            below(PREFIX),
        ];
        let mut places: Vec<Name> = Vec::new();
        for place in candidates.into_iter().flatten() {
            if zone.zone_of(&place) && place != *name && !places.contains(&place) {
                places.push(place);
            }
        }
        let found = join_all(places.iter().map(|place| self.has(zone, place, value))).await;
        let found = places.iter().zip(found).filter(|(_, found)| *found);
        let mistake = |(place, _): (&Name, bool)| Mistake::WrongDepth {
            found_at: dotless(place),
        };
        found.map(mistake).collect()
    }

    /// Whether nothing but a top-level zone is responsible, and it does not know the domain.
    async fn is_unregistered(&self, name: &Name, zone: &Name) -> bool {
        let domain = name.trim_to(2);
        let said = match zone.num_labels() {
            1 => self.recursive(&domain, RecordType::SOA).await,
            _ => return false,
        };
        said.is_ok_and(|said| said.metadata.response_code == ResponseCode::NXDomain)
    }
}

fn prefixed(domain: &Name) -> Result<Name, ProtoError> {
    domain.prepend_label(PREFIX)
}

/// What can be told from the texts that are at the name.
fn in_texts(all: &[Wanted], this: &Wanted, name: &Name, said: &[ServerAnswer]) -> Vec<Mistake> {
    let texts: Vec<_> = said
        .iter()
        .flat_map(|said| match &said.answer {
            Answer::Wrong { values, .. } => values.as_slice(),
            _ => &[],
        })
        .collect();
    let quoted = texts
        .iter()
        .any(|text| bare(text.as_bytes()) == this.value.as_bytes());
    let other = all.iter().any(|other| {
        other.value != this.value
            && texts.contains(&&other.value)
            && zone::parse(&other.name).is_some_and(|other| other == *name)
    });
    let quoted = quoted.then_some(Mistake::Quoted);
    quoted
        .into_iter()
        .chain(other.then_some(Mistake::OtherValueOnly))
        .collect()
}
