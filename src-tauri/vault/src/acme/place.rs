//! Placing an order: once, also if the answer of the authority was lost.

use std::collections::HashSet;

use futures_util::{StreamExt, stream};
use keyturn_acme::{Identifier, Order, OrderStatus, Session, Url};
use keyturn_api::{Plaintext, secret::public_cert::MANUAL};
use keyturn_pki::{
    AltNamesText, ExtendedUse, Subject,
    csr::{self, CsrRequest},
};

use super::{
    account::{Account, forget},
    drive::{AT_ONCE, Work, jiff_millis},
    failure::{Failure, Then},
};
use crate::{
    records::{OrderRecord, SecretText},
    rotation::certificate::read_private_key,
};

/// Names of an authority in CAA records that are kept.
const IDENTITIES: usize = 10;

impl Work<'_> {
    /// Sends the order to the authority, and keeps its address. An order that may have been sent
    /// before is looked for first.
    pub(super) async fn place(
        &mut self,
        session: &Session<'_>,
        account: &Account,
    ) -> Result<Order, Failure> {
        let found = if self.vault.workers.is_fresh(self.id, self.order.ordered_on) {
            None
        } else {
            self.find_lost(session, account).await?
        };
        let (url, order) = if let Some(found) = found {
            found
        } else {
            self.hold().await?;
            self.send(session, account).await?
        };
        let directory = account.client.directory().await?;
        let identities = directory.meta.caa_identities.iter();
        let identities = identities.filter(|name| name.len() <= 253);
        self.order.caa_identities = identities.take(IDENTITIES).cloned().collect();
        self.order.url = Some(url.to_string());
        self.order.expires = order.expires.map(jiff_millis);
        self.order.tries = 0;
        self.order.trouble = None;
        self.save().await?;
        Ok(order)
    }

    async fn send(
        &self,
        session: &Session<'_>,
        account: &Account,
    ) -> Result<(Url, Order), Failure> {
        let names: Vec<Identifier> = self.order.names.iter().map(Identifier::dns).collect();
        let offers_windows = account.client.directory().await?.renewal_info.is_some();
        let replaces = self.order.replaces.as_deref().filter(|_| offers_windows);
        let sent = session.new_order(&names, replaces).await;
        let sent = match sent {
            // it was replaced already, say: the order matters more than its pedigree
            Err(error) if replaces.is_some() && !error.is_transient() => {
                session.new_order(&names, None).await
            }
            sent => sent,
        };
        let (url, answer) = sent?;
        Ok((url, answer.value))
    }

    /// An order for the same names that the authority has and we do not know of: its answer was lost.
    async fn find_lost(
        &self,
        session: &Session<'_>,
        account: &Account,
    ) -> Result<Option<(Url, Order)>, Failure> {
        let known = account.client.find_account(&account.key).await?;
        let Some(list) = known.orders else {
            return Ok(None); // it keeps no list; Let's Encrypt gives the same order again instead
        };
        let urls = match session.orders(&list).await {
            Ok(urls) => urls,
            // not to know is no reason to order twice
            Err(error) if error.is_transient() => return Err(error.into()),
            Err(_) => return Ok(None),
        };
        let taken = self.orders_of_others()?;
        let urls = urls.into_iter().filter(|url| !taken.contains(url.as_str()));
        let urls: Vec<Url> = urls.collect();
        let mut orders = stream::iter(urls.into_iter().rev().take(50))
            .map(|url| async move { (session.order(&url).await, url) })
            .buffered(AT_ONCE);
        while let Some((order, url)) = orders.next().await {
            let order = match order {
                Ok(order) => order,
                Err(error) if error.is_transient() => return Err(error.into()),
                Err(_) => continue,
            };
            let open = matches!(
                order.value.status,
                OrderStatus::Pending | OrderStatus::Ready
            );
            if open && self.is_for_our_names(&order.value) {
                return Ok(Some((url, order.value)));
            }
        }
        Ok(None)
    }

    /// Addresses that other secrets' orders have.
    fn orders_of_others(&self) -> Result<HashSet<String>, Failure> {
        let under_way = OrderRecord::under_way(self.vault).map_err(Failure::of_vault)?;
        let others = under_way.into_iter().filter(|(id, _)| *id != self.id);
        Ok(others.filter_map(|(_, order)| order.url).collect())
    }

    fn is_for_our_names(&self, order: &Order) -> bool {
        let names = || {
            order
                .identifiers
                .iter()
                .map(|one| one.value.to_ascii_lowercase())
        };
        order.identifiers.len() == self.order.names.len()
            && names().all(|name| self.order.names.contains(&name))
    }

    /// The certificate signing request, DER. The same key and names make the same request each time.
    pub(super) fn request(&self) -> Result<Vec<u8>, Failure> {
        let unreadable = |problem: keyturn_api::Problem| Failure::for_good("key", problem.message);
        let text = self
            .order
            .private_key
            .as_ref()
            .map_or("", SecretText::as_str);
        let key = read_private_key(&Plaintext::text(text.to_owned())).map_err(unreadable)?;
        let asked = CsrRequest {
            subject: Subject {
                common_name: self.order.common_name.clone(),
                ..Subject::default()
            },
            alt_names: AltNamesText {
                alt_names: self.order.names.clone(),
                ..AltNamesText::default()
            },
            require_cn: false,
            exclude_cn_from_sans: false,
            key_usage: Vec::new(),
            ext_key_usage: ExtendedUse::default(),
            policy_identifiers: Vec::new(),
        };
        csr::create(&asked, &key)
            .map(|csr| csr.der().to_vec())
            .map_err(|refusal| Failure::for_good("csr", refusal.message))
    }

    /// What a failure asks of the account.
    pub(super) async fn mend_account(&self, failure: &Failure) -> Result<(), Failure> {
        if failure.then != Then::Register {
            return Ok(());
        }
        match super::begin::find_ground(self.vault, &self.order.ca, MANUAL) {
            Ok(ground) => forget(self.vault, &ground.ca).await,
            Err(_) => Ok(()),
        }
    }
}
