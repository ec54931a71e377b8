//! Orders of public certificates: their challenges, and whether DNS has the records.

use keyturn_api::secret::public_cert::OrderView;
use keyturn_api::{Code, Problem, Result};
use keyturn_pki::dns::{self, Checked, Issuer, ZonePlace};
use keyturn_vault::DnsLookup;

use super::{Shared, blocking};
use crate::events::DnsRecordChecked;
use crate::order_records::{ZoneLine, wanted, zone_lines};

/// The order of a public certificate; nothing before the first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn get_order(desk: Shared<'_>, id: String) -> Result<Option<OrderView>> {
    desk.instance()?.order(desk.owner(), &id).await
}

/// Lets the authority look at the records now; the outcome appears later in the secret.
#[tauri::command]
#[specta::specta]
pub(crate) async fn validate_challenges(desk: Shared<'_>, id: String) -> Result<()> {
    desk.instance()?
        .validate_dns_challenge(desk.owner(), &id)
        .await
}

/// Gives an order up that is under way; the certificate in force stays.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_order(desk: Shared<'_>, id: String) -> Result<()> {
    desk.instance()?.cancel_order(desk.owner(), &id).await
}

/// Asks the name servers for the records of an order that are not validated; with `gone`, for those
/// of orders that have ended, which are to be removed. Each record is told by an event as well, as
/// soon as it is known.
#[tauri::command]
#[specta::specta]
pub(crate) async fn check_dns(desk: Shared<'_>, id: String, gone: bool) -> Result<Vec<Checked>> {
    let order = order(&desk, &id).await?;
    let settings = desk.dns_lookup()?.settings();
    let issuer = if gone {
        Issuer::default()
    } else {
        Issuer {
            identities: order.caa_identities.clone(),
            account_url: order.account_url.clone(),
        }
    };
    let wanted = wanted(&order, gone);
    let page = desk.page.clone();
    let checked = dns::check(&wanted, &settings, &issuer, move |_, checked| {
        page.emit(&DnsRecordChecked {
            secret_id: id.clone(),
            checked: checked.clone(),
        });
    });
    Ok(checked.await)
}

/// The zone that each record of an order belongs to, in their order; absent where none was found.
#[tauri::command]
#[specta::specta]
pub(crate) async fn find_zones(desk: Shared<'_>, id: String) -> Result<Vec<Option<ZonePlace>>> {
    let settings = desk.dns_lookup()?.settings();
    let order = order(&desk, &id).await?;
    let names = order
        .challenges
        .iter()
        .map(|one| one.txt_record_name.clone());
    let names: Vec<String> = names.collect();
    Ok(dns::zones_of(&names, &settings).await)
}

/// The records of an order and of the one before, as lines of a zone file.
#[tauri::command]
#[specta::specta]
pub(crate) async fn zone_file(desk: Shared<'_>, id: String) -> Result<Vec<ZoneLine>> {
    Ok(zone_lines(&order(&desk, &id).await?))
}

/// How records are looked up.
#[tauri::command]
#[specta::specta]
pub(crate) async fn get_dns_lookup(desk: Shared<'_>) -> Result<DnsLookup> {
    desk.dns_lookup()
}

/// How records are looked up unless somebody changes it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn default_dns_lookup() -> Result<DnsLookup> {
    Ok(DnsLookup::default())
}

/// Changes how records are looked up.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_dns_lookup(desk: Shared<'_>, lookup: DnsLookup) -> Result<DnsLookup> {
    blocking(&desk, move |desk| desk.set_dns_lookup(&lookup)).await
}

async fn order(desk: &Shared<'_>, id: &str) -> Result<OrderView> {
    let order = desk.instance()?.order(desk.owner(), id).await?;
    order.ok_or_else(|| {
        Problem::new(Code::WrongState, "This certificate has no order.")
            .remedy("Rotate it to begin one.")
    })
}
