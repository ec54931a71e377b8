//! Tokens: JWTs (RFC 7519) that the vault signs, and that none but itself has to read.

use data_encoding::BASE64URL_NOPAD;
use keyturn_api::{Timestamp, Token};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::seal::Keys;

/// Seconds that a token lives.
const LIFE: i64 = 3600;
/// Bytes of a token, at most; those we make have less than 700.
const MOST: usize = 4096;

const ALGORITHM: &str = "HS256";
const TYPE: &str = "JWT";
const ISSUER: &str = "keyturn";

/// Nothing in it needs an escape, here and in the claims, so it is read without a copy.
#[derive(Serialize, Deserialize)]
struct Header<'a> {
    alg: &'a str,
    typ: &'a str,
    /// Id of the API key.
    kid: &'a str,
}

/// Who comes is told for others to read; what it is worth here, the API key says.
#[derive(Serialize, Deserialize)]
struct Claims<'a> {
    /// Seconds since the Unix epoch, like `exp`.
    iat: i64,
    exp: i64,
    iss: &'a str,
    iam_id: &'a str,
    id: &'a str,
    sub: &'a str,
    /// Id of the vault.
    instance: &'a str,
}

/// A token of an API key.
pub(super) fn make(keys: &Keys, api_key: Uuid, caller: &str, now: Timestamp) -> Token {
    let issued = now.millis().div_euclid(1000);
    let expires = issued.saturating_add(LIFE);
    let api_key = api_key.hyphenated().to_string();
    let header = Header {
        alg: ALGORITHM,
        typ: TYPE,
        kid: &api_key,
    };
    let claims = Claims {
        iat: issued,
        exp: expires,
        iss: ISSUER,
        iam_id: caller,
        id: caller,
        sub: &api_key,
        instance: &keys.vault().hyphenated().to_string(),
    };
    // Room for all of it: a text that grows leaves copies behind.
    let mut text = Zeroizing::new(String::with_capacity(1024));
    append(&json(&header), &mut text);
    text.push('.');
    append(&json(&claims), &mut text);
    let signature = keys.sign_token(text.as_bytes());
    text.push('.');
    append(&signature, &mut text);
    let seconds = |seconds: i64| Timestamp::from_millis(seconds.saturating_mul(1000));
    Token {
        access_token: text,
        issued_at: seconds(issued),
        expires_at: seconds(expires),
    }
}

/// The API key of a token that this vault made and that has not ended.
pub(super) fn read(keys: &Keys, text: &str, now: Timestamp) -> Option<Uuid> {
    if text.len() > MOST {
        return None;
    }
    let (signed, signature) = text.rsplit_once('.')?;
    let mut buffer = [0; MOST];
    // Nothing is read before it is known to be ours.
    if !keys.verify_token(signed.as_bytes(), decode(signature, &mut buffer)?) {
        return None;
    }
    let (header, claims) = signed.split_once('.')?;
    let header: Header<'_> = serde_json::from_slice(decode(header, &mut buffer)?).ok()?;
    if header.alg != ALGORITHM || header.typ != TYPE {
        return None;
    }
    let api_key = Uuid::try_parse(header.kid).ok()?;
    let claims: Claims<'_> = serde_json::from_slice(decode(claims, &mut buffer)?).ok()?;
    let instance = Uuid::try_parse(claims.instance).ok()?;
    let holds = now.millis() < claims.exp.saturating_mul(1000);
    (holds && claims.iss == ISSUER && instance == keys.vault()).then_some(api_key)
}

fn json(part: &impl Serialize) -> Vec<u8> {
    // Texts and numbers have no reason to fail.
    serde_json::to_vec(part).unwrap_or_default()
}

fn append(part: &[u8], text: &mut String) {
    BASE64URL_NOPAD.encode_append(part, text);
}

fn decode<'b>(part: &str, buffer: &'b mut [u8; MOST]) -> Option<&'b [u8]> {
    let length = BASE64URL_NOPAD.decode_len(part.len()).ok()?;
    let decoded = buffer.get_mut(..length)?;
    BASE64URL_NOPAD.decode_mut(part.as_bytes(), decoded).ok()?;
    Some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::{self, Vmk};

    const NOW: Timestamp = Timestamp::from_millis(1_760_000_000_400);

    fn keys() -> Keys {
        let header = seal::Header::make(Uuid::new_v4(), 0);
        Keys::create(Vmk::make(), &header).0
    }

    fn token(keys: &Keys, api_key: Uuid) -> String {
        make(keys, api_key, "apikey:build", NOW)
            .access_token
            .to_string()
    }

    /// A token of any content, signed as the vault would.
    fn signed(keys: &Keys, header: &str, claims: &str) -> String {
        let encode = |part: &str| BASE64URL_NOPAD.encode(part.as_bytes());
        let signed = format!("{}.{}", encode(header), encode(claims));
        let signature = keys.sign_token(signed.as_bytes());
        format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature))
    }

    fn part(token: &str, number: usize) -> serde_json::Value {
        let part = token.split('.').nth(number).unwrap();
        serde_json::from_slice(&BASE64URL_NOPAD.decode(part.as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn a_token_is_a_jwt_with_what_others_look_for() {
        let (keys, api_key) = (keys(), Uuid::new_v4());
        let made = make(&keys, api_key, "apikey:build", NOW);
        let header = serde_json::json!({ "alg": "HS256", "typ": "JWT", "kid": api_key });
        assert_eq!(part(&made.access_token, 0), header);
        let claims = serde_json::json!({
            "iat": 1_760_000_000, "exp": 1_760_003_600, "iss": "keyturn",
            "iam_id": "apikey:build", "id": "apikey:build", "sub": api_key,
            "instance": keys.vault(),
        });
        assert_eq!(part(&made.access_token, 1), claims);
        assert_eq!(made.issued_at.millis(), 1_760_000_000_000);
        assert_eq!(made.expires_at.millis(), 1_760_003_600_000);
        assert_eq!(read(&keys, &made.access_token, NOW), Some(api_key));
        let longest = format!("apikey:{}", "x".repeat(64));
        let longest = make(&keys, api_key, &longest, NOW).access_token;
        assert_eq!(longest.capacity(), 1024, "{} did not grow", longest.len());
    }

    #[test]
    fn a_token_lives_an_hour() {
        let keys = keys();
        let token = token(&keys, Uuid::new_v4());
        let at = |millis| read(&keys, &token, Timestamp::from_millis(millis));
        assert!(at(1_760_003_599_999).is_some());
        assert!(at(1_760_003_600_000).is_none());
    }

    #[test]
    fn no_changed_byte_passes() {
        let keys = keys();
        let token = token(&keys, Uuid::new_v4());
        for place in 0..token.len() {
            for other in *b"A.z=" {
                let mut changed = token.clone().into_bytes();
                if std::mem::replace(&mut changed[place], other) != other {
                    let changed = String::from_utf8(changed).unwrap();
                    assert_eq!(read(&keys, &changed, NOW), None, "{place}");
                }
            }
        }
        for length in 0..token.len() {
            assert_eq!(read(&keys, &token[..length], NOW), None, "{length}");
        }
        for garbage in ["", ".", "..", "...", "a.b.c", &format!("{token}."), "é.é.é"] {
            assert_eq!(read(&keys, garbage, NOW), None);
        }
        let long = format!("{}.{token}", "A".repeat(MOST));
        assert_eq!(read(&keys, &long, NOW), None);
    }

    #[test]
    fn a_token_of_another_vault_or_kind_does_not_pass_even_if_it_is_signed() {
        let (keys, other, api_key) = (keys(), keys(), Uuid::new_v4());
        assert_eq!(read(&keys, &token(&other, api_key), NOW), None);
        let header = part(&token(&keys, api_key), 0);
        let claims = part(&token(&keys, api_key), 1);
        let with = |value: &serde_json::Value, name: &str, to: serde_json::Value| {
            let mut value = value.clone();
            value[name] = to;
            value.to_string()
        };
        let (as_is, claims_as_is) = (header.to_string(), claims.to_string());
        let pass = |header: &str, claims: &str| read(&keys, &signed(&keys, header, claims), NOW);
        assert_eq!(pass(&as_is, &claims_as_is), Some(api_key));
        for alg in ["none", "None", "HS512", "RS256", ""] {
            assert_eq!(pass(&with(&header, "alg", alg.into()), &claims_as_is), None);
        }
        let foreign = other.vault().to_string();
        for (name, to) in [
            ("instance", foreign.into()),
            ("iss", "other".into()),
            ("exp", 0.into()),
            ("exp", i64::MIN.into()),
            ("exp", "never".into()),
        ] {
            assert_eq!(pass(&as_is, &with(&claims, name, to)), None, "{name}");
        }
        assert_eq!(pass("{}", &claims_as_is), None);
        assert_eq!(pass(&as_is, "{}"), None);
        assert_eq!(pass(&claims_as_is, &as_is), None);
    }

    #[test]
    fn a_token_without_a_signature_does_not_pass() {
        let keys = keys();
        let token = token(&keys, Uuid::new_v4());
        let (_, rest) = token.split_once('.').unwrap();
        let (claims, signature) = rest.split_once('.').unwrap();
        let header = part(&token, 0).to_string().replace("HS256", "none");
        let header = BASE64URL_NOPAD.encode(header.as_bytes());
        assert_eq!(read(&keys, &format!("{header}.{claims}."), NOW), None);
        assert_eq!(read(&keys, &format!("{header}.{claims}"), NOW), None);
        let with = format!("{header}.{claims}.{signature}");
        assert_eq!(read(&keys, &with, NOW), None);
    }
}
