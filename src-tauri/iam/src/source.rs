//! The token that is in use, and when to get another one.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use reqwest::{Client, Url};
use tokio::sync::Mutex;
use zeroize::Zeroizing;

use crate::{Error, exchange};

/// A token counts as ended so long before its end, so that it does not end on its way.
const MARGIN: Duration = Duration::from_secs(10);
/// After a failure, a token that is still good is used so long before the next try.
const PAUSE: Duration = Duration::from_secs(60);

/// Where a key is exchanged, and how it gets there.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Address of IAM, such as `https://iam.cloud.ibm.com`; `/identity/token` is added.
    pub url: String,
    /// Certificates to trust besides the system's, PEM.
    pub authorities: Vec<Vec<u8>>,
    /// Address of a proxy; none: no proxy, whatever the environment says.
    pub proxy: Option<String>,
}

/// Gives tokens for an API key.
pub struct TokenSource {
    http: Client,
    url: Url,
    key: Zeroizing<String>,
    state: Mutex<State>,
    /// Rises with each exchange; whoever waited for one takes its outcome.
    exchanges: AtomicU64,
}

impl std::fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenSource")
            .field("url", &self.url.as_str())
            .finish_non_exhaustive()
    }
}

#[derive(Default)]
struct State {
    token: Option<Token>,
    failed: Option<(Error, Instant)>,
}

struct Token {
    text: Zeroizing<String>,
    refresh_at: Instant,
    ends_at: Instant,
}

impl TokenSource {
    /// Exchanges nothing yet.
    pub fn new(settings: &Settings, api_key: Zeroizing<String>) -> Result<Self, Error> {
        if api_key.is_empty() || !api_key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::Key);
        }
        Ok(Self {
            http: exchange::http(settings)?,
            url: exchange::address(&settings.url)?,
            key: api_key,
            state: Mutex::default(),
            exchanges: AtomicU64::new(0),
        })
    }

    /// Where the key is exchanged.
    pub const fn url(&self) -> &Url {
        &self.url
    }

    /// A token that is good for a while. While one is being fetched, all who ask wait for it and
    /// get it, or its failure.
    pub async fn token(&self) -> Result<Zeroizing<String>, Error> {
        let seen = self.exchanges.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        let now = Instant::now();
        if let Some(token) = state.usable(now) {
            return Ok(token);
        }
        if self.exchanges.load(Ordering::Acquire) != seen
            && let Some((error, _)) = &state.failed
        {
            return Err(error.clone());
        }
        let granted = exchange::exchange(&self.http, &self.url, &self.key).await;
        self.exchanges.fetch_add(1, Ordering::AcqRel);
        match granted {
            Ok(granted) => {
                let text = granted.access_token.clone();
                state.failed = None;
                state.token = Some(Token {
                    text: granted.access_token,
                    refresh_at: now + granted.life * 4 / 5,
                    ends_at: now + granted.life.saturating_sub(MARGIN),
                });
                Ok(text)
            }
            Err(error) => {
                let now = Instant::now();
                state.failed = Some((error.clone(), now));
                let good = state.token.as_ref().filter(|token| now < token.ends_at);
                good.map(|token| token.text.clone()).ok_or(error)
            }
        }
    }

    /// Forgets a token that was refused, unless another one has come since.
    pub async fn forget(&self, token: &str) {
        let mut state = self.state.lock().await;
        if state.token.as_ref().is_some_and(|kept| *kept.text == token) {
            state.token = None;
        }
    }
}

impl State {
    /// The token, if there is no reason to get another one now.
    fn usable(&self, now: Instant) -> Option<Zeroizing<String>> {
        let token = self.token.as_ref()?;
        let fresh = now < token.refresh_at;
        let failed = self.failed.as_ref();
        let paused = failed.is_some_and(|(_, at)| now.duration_since(*at) < PAUSE);
        let good = fresh || (paused && now < token.ends_at);
        good.then(|| token.text.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(failed: Option<Instant>, start: Instant) -> State {
        State {
            token: Some(Token {
                text: Zeroizing::new("t".to_owned()),
                refresh_at: start + Duration::from_secs(80),
                ends_at: start + Duration::from_secs(90),
            }),
            failed: failed.map(|at| (Error::Unreachable, at)),
        }
    }

    #[test]
    fn a_token_is_used_for_four_fifths_of_its_life() {
        let start = Instant::now();
        let after = |seconds| start + Duration::from_secs(seconds);
        let fine = state(None, start);
        assert!(fine.usable(after(79)).is_some());
        assert!(fine.usable(after(81)).is_none());
        let failed = state(Some(after(81)), start);
        assert!(failed.usable(after(85)).is_some(), "it is still good");
        assert!(failed.usable(after(91)).is_none(), "it has ended");
        let long_ago = state(Some(after(10)), start);
        assert!(long_ago.usable(after(85)).is_none(), "time to try again");
    }

    #[test]
    fn keys_that_are_none_are_refused_without_being_told() {
        let settings = Settings {
            url: "https://iam.example.test".to_owned(),
            ..Settings::default()
        };
        for key in ["", "key\n", "key\r\nHost: x", "a b", "é"] {
            let made = TokenSource::new(&settings, Zeroizing::new(key.to_owned()));
            assert_eq!(made.unwrap_err(), Error::Key);
        }
    }
}
