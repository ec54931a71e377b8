//! What is left to do for an order that has ended: removing records, and asking when to renew.

use keyturn_api::{Timestamp, secret::public_cert::MANUAL};

use super::{
    account::client_of,
    begin::{find_ground, not_begun},
    drive::{Halt, Work, jiff_millis},
    end::DAY,
    failure::Failure,
    provider,
};

/// Between two questions for the window of renewal where the authority does not say.
const ASK_AGAIN: i64 = DAY / 4;

impl Work<'_> {
    /// What is left when the order has ended: removing records, and asking when to renew. Neither waits
    /// for the other: a DNS server may be gone for good.
    pub(super) async fn after(&mut self) -> Result<Halt, Failure> {
        let cleaned = if self.order.provided.is_empty() {
            Ok(())
        } else {
            provider::clean_up(self).await
        };
        let now = self.now();
        let asked = match self.order.ask_renewal {
            Some(at) if at <= now => self.ask_renewal().await,
            _ => Ok(()),
        };
        cleaned.and(asked)?;
        Ok(self.order.ask_renewal.map_or(Halt::Done, Halt::Until))
    }

    async fn ask_renewal(&mut self) -> Result<(), Failure> {
        // whoever sets records has no part in it
        let ground = match find_ground(self.vault, &self.order.ca, MANUAL) {
            Ok(ground) => ground,
            Err(problem) if not_begun(&problem).is_some() => {
                self.order.ask_renewal = None; // what is missing is told where the order is begun
                return self.save().await;
            }
            Err(problem) => return Err(Failure::of_vault(problem)),
        };
        let id = self.order.certificate_id.clone().unwrap_or_default();
        let client = client_of(self.vault, &ground.ca)?;
        let (authority, serial) = parts(&id);
        let answer = client.renewal_info(&authority, &serial).await;
        let now = self.now();
        let again = |after: Option<std::time::Duration>| {
            let millis = after.and_then(|after| i64::try_from(after.as_millis()).ok());
            Some(now + millis.unwrap_or(ASK_AGAIN).clamp(60_000, DAY))
        };
        match answer {
            Ok(Some(answer)) => {
                self.order.ask_renewal = again(answer.retry_after);
                let window = (
                    Timestamp::from_millis(jiff_millis(answer.value.start)),
                    Timestamp::from_millis(jiff_millis(answer.value.end)),
                );
                self.save_with(Some(window)).await
            }
            Ok(None) => {
                self.order.ask_renewal = None;
                self.save().await
            }
            Err(error) => {
                self.order.ask_renewal = again(error.retry_after);
                self.save().await
            }
        }
    }
}

/// The two parts of what ARI calls a certificate (RFC 9773, 4.1).
fn parts(id: &str) -> (Vec<u8>, Vec<u8>) {
    let decode = |text: &str| data_encoding::BASE64URL_NOPAD.decode(text.as_bytes());
    let (authority, serial) = id.split_once('.').unwrap_or_default();
    (
        decode(authority).unwrap_or_default(),
        decode(serial).unwrap_or_default(),
    )
}
