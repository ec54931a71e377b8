//! The check of all records of an order.

use std::net::SocketAddr;

use futures_util::StreamExt;
use futures_util::future::{join, join_all};
use futures_util::stream::FuturesUnordered;
use hickory_proto::rr::Name;

use super::asker::Asker;
use super::follow::written;
use super::text::dotless;
use super::zone::{parse, relative_name};
use super::{Answer, Checked, DnsSettings, Issuer, ServerAnswer, Wanted};

/// Asks all authoritative servers and the chosen resolvers for each record, and names what seems to
/// be wrong, with the CAA records for the issuer among it. Each record is told by its position as soon as it is done.
/// Dropping the future ends the check.
pub async fn check(
    wanted: &[Wanted],
    settings: &DnsSettings,
    issuer: &Issuer,
    mut on_record: impl FnMut(usize, &Checked),
) -> Vec<Checked> {
    let asker = Asker::new(settings);
    let one = async |index: usize, this: &Wanted| {
        let checked = asker.record(wanted, this, issuer).await;
        (index, checked)
    };
    let mut running: FuturesUnordered<_> = (wanted.iter().enumerate())
        .map(|(index, this)| one(index, this))
        .collect();
    let mut done = Vec::with_capacity(wanted.len());
    while let Some((index, checked)) = running.next().await {
        on_record(index, &checked);
        done.push((index, checked));
    }
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, checked)| checked).collect()
}

impl Asker<'_> {
    async fn record(&self, all: &[Wanted], this: &Wanted, issuer: &Issuer) -> Checked {
        let Some(name) = parse(&this.name) else {
            return Checked {
                record: this.clone(),
                zone: None,
                relative_name: crate::name::shown(&this.name),
                followed: None,
                servers: Vec::new(),
                agreed: false,
                mistakes: Vec::new(),
                trouble: Some("It is no name that a record can have.".to_owned()),
            };
        };
        let value = this.value.as_bytes();
        let forbidden = self.caa_forbids(&this.domain, issuer);
        let (mut found, forbidden) = join(self.follow(&name, value), forbidden).await;
        let resolvers = self.resolvers(&name, value, &found.servers).await;
        let known = !found.servers.is_empty();
        found.servers.extend(resolvers);
        let agreed = known && found.servers.iter().all(|server| server.answer.is_seen());
        let seen = found.servers.iter().any(|server| server.answer.is_seen());
        // Where some see it already, it is on its way to the others.
        let mut mistakes = Vec::new();
        if !seen {
            mistakes = self.mistakes(all, this, &name, &found).await;
        }
        // What CAA forbids, it also forbids where all see the record.
        mistakes.extend(forbidden);
        Checked {
            record: this.clone(),
            relative_name: match &found.zone {
                Some(zone) => relative_name(&name, zone),
                None => dotless(&name),
            },
            zone: found.zone.as_ref().map(dotless),
            followed: found.target.as_ref().map(dotless),
            servers: found.servers,
            agreed,
            mistakes,
            trouble: found.trouble,
        }
    }

    async fn resolvers(
        &self,
        name: &Name,
        value: &[u8],
        authorities: &[ServerAnswer],
    ) -> Vec<ServerAnswer> {
        let mut chosen = self.settings.resolvers.as_slice();
        if self.settings.authoritative_only {
            chosen = &[];
        }
        let absent = |said: &ServerAnswer| {
            matches!(said.answer, Answer::Missing { .. } | Answer::Wrong { .. })
        };
        let spared = self.settings.spare_resolvers
            && authorities.iter().any(absent)
            && !authorities.iter().any(|said| said.answer.is_seen());
        if spared {
            return chosen
                .iter()
                .map(|server| resolver(*server, Answer::NotAsked))
                .collect();
        }
        let asked = chosen.iter().map(async |server| {
            let answer = self.resolver_answer(*server, name, value).await;
            resolver(*server, answer)
        });
        join_all(asked).await
    }
}

fn resolver(server: SocketAddr, answer: Answer) -> ServerAnswer {
    ServerAnswer {
        name: server.ip().to_string(),
        address: written(server),
        authoritative: false,
        answer,
    }
}
