//! When a public certificate is to be ordered anew: 31 days before it ends, or with a third of its
//! life left where that is short; earlier where its authority asks for it (RFC 9773).

use keyturn_api::Timestamp;

use crate::records::SecretRecord;

/// Milliseconds.
const DAY: i64 = 86_400_000;
/// Below so many days of life a third of it counts.
const SHORT: i64 = 93 * DAY;
/// Days before the end otherwise (API v2).
const BEFORE: i64 = 31 * DAY;

/// The authority asked for the date.
pub(super) const BY_AUTHORITY: u8 = 1;
/// The last order failed, and is tried again.
pub(super) const AFTER_FAILURE: u8 = 2;

/// The date by the rule, for a validity in milliseconds.
pub(crate) fn renewal_date(not_before: i64, not_after: i64) -> i64 {
    let life = not_after.saturating_sub(not_before).max(0);
    // the seconds of both ends count, so a day's certificate lives a second longer
    if life < SHORT {
        not_after - life / 3
    } else {
        not_after - BEFORE
    }
}

/// Before then nothing is ordered anew unattended, however the clocks of vault and authority differ:
/// a day after it was made, or half its life.
pub(crate) fn soonest_renewal(not_before: i64, not_after: i64, made_at: i64) -> i64 {
    let life = not_after.saturating_sub(not_before).max(0);
    made_at.saturating_add((life / 2).min(DAY))
}

/// One sentence: how the date comes about.
pub(crate) fn renewal_reason(record: &SecretRecord) -> String {
    let short = record
        .expires_at
        .zip(record.renew_at)
        .is_none_or(|(ends, at)| ends - at != BEFORE);
    match record.renew_why {
        Some(BY_AUTHORITY) => "Its certificate authority asks for it by then.",
        Some(_) => "The last order failed; it is tried again every day.",
        None if short => "A third of the certificate's life is left then.",
        None => "31 days before the certificate ends.",
    }
    .to_owned()
}

/// The date when the authority has a window: the earlier of both, and why.
pub(super) fn with_window(
    rule: i64,
    window: (Timestamp, Timestamp),
    share: f64,
) -> (i64, Option<u8>) {
    let (start, end) = (window.0.millis(), window.1.millis());
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "milliseconds"
    )]
    let within = start + ((end - start).max(0) as f64 * share.clamp(0.0, 1.0)) as i64;
    if within < rule {
        (within, Some(BY_AUTHORITY))
    } else {
        (rule, None)
    }
}

/// Renews within the window that the authority asks for, if that is earlier. Which moment of it is
/// drawn from the secret's id, so that many secrets spread and each keeps its own.
pub(super) fn renew_within(
    record: &mut SecretRecord,
    window: (Timestamp, Timestamp),
    (not_before, not_after): (i64, i64),
    id: uuid::Uuid,
) -> bool {
    if record.renew_at.is_none() || record.renew_why == Some(AFTER_FAILURE) {
        return false;
    }
    let share = f64::from(id.as_bytes()[15]) / 256.0;
    let (at, why) = with_window(renewal_date(not_before, not_after), window, share);
    let at = at.max(soonest_renewal(not_before, not_after, record.rotated_at));
    let changed = (record.renew_at, record.renew_why) != (Some(at), why);
    (record.renew_at, record.renew_why) = (Some(at), why);
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lives_end_31_days_early_and_short_ones_with_a_third_left() {
        let date = |days: i64| renewal_date(0, days * DAY);
        assert_eq!(date(398), 367 * DAY);
        assert_eq!(date(93), 62 * DAY);
        assert_eq!(date(90), 60 * DAY);
        assert_eq!(date(47), 47 * DAY - 47 * DAY / 3);
        assert_eq!(date(6), 4 * DAY);
    }

    #[test]
    fn the_earlier_of_both_wins_and_says_which() {
        let window = |start: i64, end: i64| {
            (
                Timestamp::from_millis(start * DAY),
                Timestamp::from_millis(end * DAY),
            )
        };
        assert_eq!(
            with_window(60 * DAY, window(50, 54), 0.5),
            (52 * DAY, Some(BY_AUTHORITY))
        );
        assert_eq!(with_window(60 * DAY, window(70, 74), 0.5), (60 * DAY, None));
        assert_eq!(
            with_window(60 * DAY, window(54, 50), 0.5),
            (54 * DAY, Some(BY_AUTHORITY))
        );
    }
}
