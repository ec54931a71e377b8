//! What the authoritative servers say about a record, also where a CNAME record leads.

use std::net::SocketAddr;
use std::sync::Arc;

use futures_util::future::join_all;
use hickory_proto::op::Message;
use hickory_proto::rr::{Name, RData, Record, RecordType};

use super::asker::{Asker, Said};
use super::settings::DNS_PORT;
use super::text::{dotless, value};
use super::wire::Failure;
use super::zone::{Authorities, parse};
use super::{Answer, DnsSettings, ServerAnswer};

/// CNAME records that are followed.
const HOPS: usize = 8;
/// Values of a wrong answer that are shown.
const VALUES: usize = 16;

/// What was found at the end of the way.
pub(super) struct Found {
    /// The zone of the record's own name.
    pub(super) zone: Option<Name>,
    /// The name that CNAME records lead to.
    pub(super) target: Option<Name>,
    /// The zone of the name that was asked for in the end.
    pub(super) last_zone: Option<Name>,
    /// What its servers said.
    pub(super) servers: Vec<ServerAnswer>,
    /// Whether the record's own name has no zone but the root.
    pub(super) nowhere: bool,
    /// Why zone or servers could not be found.
    pub(super) trouble: Option<String>,
}

/// Where CNAME records at names lead, in their order; none where there is no such record, or nobody
/// tells.
pub async fn targets_of(names: &[String], settings: &DnsSettings) -> Vec<Option<String>> {
    let asker = Asker::new(settings);
    let one = async |name: &String| {
        let found = asker.follow(&parse(name)?, b"").await;
        found.target.map(|target| target.to_ascii())
    };
    join_all(names.iter().map(one)).await
}

impl Asker<'_> {
    /// Asks each authority for a text, and those of where CNAME records lead.
    pub(super) async fn follow(&self, name: &Name, wanted: &[u8]) -> Found {
        let mut found = Found {
            zone: None,
            target: None,
            last_zone: None,
            servers: Vec::new(),
            nowhere: false,
            trouble: None,
        };
        let mut way = vec![name.clone()];
        loop {
            let at = way.last().unwrap_or(name);
            let authorities = match self.zone(at).await {
                Ok(zone) if zone.is_root() => {
                    found.trouble = Some(format!("There is no zone for ‘{}’.", dotless(at)));
                    found.nowhere = found.zone.is_none();
                    found.last_zone = None;
                    return found;
                }
                Ok(zone) => {
                    let authorities = self.authorities(&zone).await;
                    found.zone.get_or_insert_with(|| zone.clone());
                    found.last_zone = Some(zone);
                    authorities
                }
                Err(failure) => {
                    found.trouble = Some(format!(
                        "The zone of ‘{}’ could not be found: {failure}",
                        dotless(at)
                    ));
                    return found;
                }
            };
            found.trouble.clone_from(&authorities.trouble);
            let said = self.all(&authorities, at).await;
            let leads = |said: &Said| {
                let said = said.as_ref().ok();
                alias(said.filter(|said| said.metadata.authoritative)?, at)
            };
            let target = said.iter().find_map(leads);
            let ends = target.as_ref().filter(|target| {
                // A circle, or a way without an end.
                !way.contains(target) && way.len() <= HOPS
            });
            let moved_on = |said: &Said| ends.is_some() && leads(said).as_ref() == ends;
            for ((name, address), said) in authorities.servers.iter().zip(&said) {
                if !moved_on(said) {
                    let answer = authoritative_answer(said, at, wanted, target.as_ref());
                    found.servers.push(ServerAnswer {
                        name: name.clone(),
                        address: written(*address),
                        authoritative: true,
                        answer,
                    });
                }
            }
            let next = ends.cloned();
            if target.is_some() {
                found.target = target;
            }
            match next {
                Some(next) => way.push(next),
                None => return found,
            }
        }
    }

    /// Asks a resolver, which follows by itself.
    pub(super) async fn resolver_answer(
        &self,
        server: SocketAddr,
        name: &Name,
        wanted: &[u8],
    ) -> Answer {
        match self.resolver(server, name, RecordType::TXT).await {
            Ok(said) => answer(&said, &end_of_way(&said, name), wanted),
            Err(failure) => no_answer(&failure),
        }
    }

    /// Whether the first server of a zone that answers has a text at a name.
    pub(super) async fn has(&self, zone: &Name, name: &Name, wanted: &[u8]) -> bool {
        for (_, address) in &self.authorities(zone).await.servers {
            if let Ok(said) = self.authority(*address, name, RecordType::TXT).await {
                let at = end_of_way(&said, name);
                return texts(&said, &at).any(|(text, _)| bare(&text) == wanted);
            }
        }
        false
    }

    async fn all(&self, authorities: &Arc<Authorities>, name: &Name) -> Vec<Said> {
        let servers = authorities.servers.iter();
        join_all(servers.map(|(_, address)| self.authority(*address, name, RecordType::TXT))).await
    }
}

/// A text without the quotes and the white space that people enter around it.
pub(super) fn bare(text: &[u8]) -> &[u8] {
    let around = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'');
    let start = text.iter().position(|byte| !around(byte));
    let end = text.iter().rposition(|byte| !around(byte));
    start
        .zip(end)
        .map_or(&[], |(start, end)| &text[start..=end])
}

fn authoritative_answer(said: &Said, at: &Name, wanted: &[u8], target: Option<&Name>) -> Answer {
    let said = match said {
        Ok(said) => said,
        Err(failure) => return no_answer(failure),
    };
    if !said.metadata.authoritative {
        return no_answer(&Failure::Lame);
    }
    match alias(said, at) {
        Some(other) if Some(&other) == target => no_answer(&Failure::Circle),
        Some(other) => no_answer(&Failure::OtherTarget(dotless(&other))),
        None => answer(said, at, wanted),
    }
}

fn answer(said: &Message, at: &Name, wanted: &[u8]) -> Answer {
    let texts: Vec<_> = texts(said, at).collect();
    if let Some((_, ttl)) = texts.iter().find(|(text, _)| text == wanted) {
        return Answer::Seen { ttl: *ttl };
    }
    match texts.first() {
        Some((_, ttl)) => Answer::Wrong {
            values: texts
                .iter()
                .take(VALUES)
                .map(|(text, _)| value(text))
                .collect(),
            ttl: *ttl,
        },
        None => Answer::Missing {
            ttl: said.authorities.iter().find_map(negative_ttl),
        },
    }
}

fn no_answer(failure: &Failure) -> Answer {
    Answer::NoAnswer {
        reason: failure.to_string(),
    }
}

/// The texts at a name, each in one piece, with their TTL.
fn texts(said: &Message, at: &Name) -> impl Iterator<Item = (Vec<u8>, u32)> {
    said.answers
        .iter()
        .filter_map(move |record| match &record.data {
            RData::TXT(text) if record.name == *at => Some((text.txt_data.concat(), record.ttl)),
            _ => None,
        })
}

/// For how long it may be remembered that there is nothing (RFC 2308 section 5).
fn negative_ttl(record: &Record) -> Option<u32> {
    match &record.data {
        RData::SOA(soa) => Some(record.ttl.min(soa.minimum)),
        _ => None,
    }
}

/// Where a CNAME record at a name leads.
fn alias(said: &Message, at: &Name) -> Option<Name> {
    said.answers.iter().find_map(|record| match &record.data {
        RData::CNAME(target) if record.name == *at => Some(target.0.to_lowercase()),
        _ => None,
    })
}

/// The last name of the CNAME records in one answer.
fn end_of_way(said: &Message, name: &Name) -> Name {
    let mut at = name.clone();
    for _ in 0..HOPS {
        match alias(said, &at) {
            Some(target) => at = target,
            None => break,
        }
    }
    at
}

/// An address, with its port only where that says something.
pub(super) fn written(address: SocketAddr) -> String {
    match address.port() {
        DNS_PORT => address.ip().to_string(),
        _ => address.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_white_space_around_a_text_are_no_part_of_it() {
        for text in ["\"a-b_c\"", " a-b_c\n", "'a-b_c'", "\" a-b_c \"", "a-b_c"] {
            assert_eq!(bare(text.as_bytes()), b"a-b_c", "{text}");
        }
        for text in ["", "\"", "\"\"", " "] {
            assert_eq!(bare(text.as_bytes()), b"", "{text}");
        }
    }
}
