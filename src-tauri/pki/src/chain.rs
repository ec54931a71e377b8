//! From a certificate to its root: who signed whom, in whatever order they came.

use std::cell::Cell;

use x509_cert::ext::pkix::{AuthorityKeyIdentifier, SubjectKeyIdentifier};
use x509_cert::name::Name;

use crate::{Certificate, Signed};

/// Signatures that are verified at most for one chain, or to find its beginning; it takes ten for
/// the longest ones in use.
pub(crate) const SIGNATURES: u32 = 200;

/// Characters of a name that is told.
const NAME_CHARS: usize = 80;

/// The way from a certificate to its root.
#[derive(Debug)]
pub struct Chain {
    /// Each signs the one before; the first one signs the certificate itself.
    pub intermediates: Vec<Certificate>,
    /// The one that ends it and has signed itself.
    pub root: Option<Certificate>,
    /// What is no part of the way, in the order it came.
    pub unrelated: Vec<Certificate>,
    /// Why it ends before a root; none if it does not.
    pub breaks: Option<Break>,
}

/// Why a chain ends before a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Break {
    /// Nobody of this name was there. Usual for a chain without its root.
    Missing(String),
    /// Somebody of this name was there, but did not sign.
    NotSigned(String),
}

/// How given intermediates fit a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChainState {
    /// Each signs the one before; also if there are none.
    Ordered,
    /// They do so in another order.
    OutOfOrder,
    /// They lead to a root, but somebody below it is missing: the issuer of this name.
    Gap {
        /// Short name of the one that is missing.
        missing: String,
    },
    /// One has nothing to do with the certificate.
    DoesNotSign {
        /// Short name of the one that is too much.
        subject: String,
        /// Short name of the issuer that would come next; none if the chain is complete.
        wanted: Option<String>,
    },
    /// One has the name of the issuer, but the signature is not that of its key.
    WrongSignature {
        /// Short name of the one that did not sign.
        subject: String,
    },
}

/// Finds the way from a certificate to its root among others. Certificates of one name and key
/// (signed by several authorities) are told apart by where they lead: to a root first of all.
pub fn order(leaf: &Certificate, pool: Vec<Certificate>) -> Chain {
    let mut pool: Vec<Option<Certificate>> = pool.into_iter().map(Some).collect();
    let checks = Cell::new(SIGNATURES);
    let mut intermediates: Vec<Certificate> = Vec::new();
    let mut root = None;
    let mut breaks = None;
    loop {
        let last = intermediates.last().unwrap_or(leaf);
        if has_signed_itself(last, &checks) {
            break;
        }
        match next(last, leaf, &pool, &checks) {
            Ok(place) => {
                let Some(issuer) = pool[place].take() else {
                    break;
                };
                if has_signed_itself(&issuer, &checks) {
                    root = Some(issuer);
                    break;
                }
                intermediates.push(issuer);
            }
            Err(why) => {
                breaks = Some(why);
                break;
            }
        }
    }
    let mut known: Vec<&Certificate> = intermediates.iter().chain(&root).collect();
    known.push(leaf);
    let rest = pool.into_iter().flatten();
    let unrelated = rest.filter(|one| !known.contains(&one)).collect();
    Chain {
        intermediates,
        root,
        unrelated,
        breaks,
    }
}

/// Says how intermediates fit, as they were given.
pub fn describe(leaf: &Certificate, given: &[Certificate]) -> ChainState {
    let checks = Cell::new(SIGNATURES);
    let mut last = leaf;
    let fits = given.iter().position(|issuer| {
        let fits = last.names_issuer(issuer) && signs(issuer, last, &checks);
        last = issuer;
        !fits
    });
    let Some(place) = fits else {
        return ChainState::Ordered;
    };
    let chain = order(leaf, given.to_vec());
    let last = if place == 0 { leaf } else { &given[place - 1] };
    let wrong = &given[place];
    if chain.unrelated.is_empty() {
        return ChainState::OutOfOrder;
    }
    if last.names_issuer(wrong) || matches!(chain.breaks, Some(Break::NotSigned(_))) {
        let subject = short_name(wrong.tbs().subject());
        return ChainState::WrongSignature { subject };
    }
    let stray = &chain.unrelated[0];
    match chain.breaks {
        Some(Break::Missing(missing)) if stray.is_self_issued() => ChainState::Gap { missing },
        breaks => ChainState::DoesNotSign {
            subject: short_name(stray.tbs().subject()),
            wanted: breaks.map(|(Break::Missing(name) | Break::NotSigned(name))| name),
        },
    }
}

/// A name in a few words: its common name, or whatever it has.
pub(crate) fn short_name(name: &Name) -> String {
    let common = name.common_name().ok().flatten();
    let text = common.map_or_else(|| name.to_string(), |name| name.value().into_owned());
    let text: String = text.chars().filter(|char| !char.is_control()).collect();
    match text.chars().count() {
        0 => "without a name".to_owned(),
        1..=NAME_CHARS => text,
        _ => text.chars().take(NAME_CHARS).chain(['…']).collect(),
    }
}

/// The place of the best issuer of a certificate.
fn next(
    last: &Certificate,
    leaf: &Certificate,
    pool: &[Option<Certificate>],
    checks: &Cell<u32>,
) -> Result<usize, Break> {
    let named = pool.iter().enumerate().filter_map(|(place, one)| {
        let one = one.as_ref()?;
        (last.names_issuer(one) && one != last && one != leaf).then_some((place, one))
    });
    let mut named: Vec<_> = named.collect();
    let name = || short_name(last.tbs().issuer());
    if named.is_empty() {
        return Err(Break::Missing(name()));
    }
    let wanted = last.authority_key_id();
    named.sort_by_cached_key(|(place, one)| {
        let leads_on = || pool.iter().flatten().any(|other| one.names_issuer(other));
        (
            other_key(wanted.as_deref(), one),
            !one.is_self_issued(),
            !leads_on(),
            *place,
        )
    });
    let signer = named.iter().find(|(_, one)| signs(one, last, checks));
    signer.map_or_else(|| Err(Break::NotSigned(name())), |(place, _)| Ok(*place))
}

/// Whether a key identifier says that another key signed.
fn other_key(wanted: Option<&[u8]>, issuer: &Certificate) -> bool {
    let found = issuer.tbs().get_extension::<SubjectKeyIdentifier>();
    match (wanted, found) {
        (Some(wanted), Ok(Some((_, found)))) => found.0.as_bytes() != wanted,
        _ => false,
    }
}

impl Certificate {
    /// Identifier of the key that signed it, as it says itself (RFC 5280, 4.2.1.1).
    pub fn authority_key_id(&self) -> Option<Vec<u8>> {
        let found = self.tbs().get_extension::<AuthorityKeyIdentifier>();
        let (_, found) = found.ok()??;
        Some(found.key_identifier?.as_bytes().to_vec())
    }
}

/// One that names itself as its issuer may still be signed with an older key of that name.
fn has_signed_itself(one: &Certificate, checks: &Cell<u32>) -> bool {
    one.is_self_issued() && signs(one, one, checks)
}

/// Whether one signed another; yes as well if that cannot be checked here.
pub(crate) fn signs(issuer: &Certificate, signed: &Certificate, checks: &Cell<u32>) -> bool {
    let Some(left) = checks.get().checked_sub(1) else {
        return false;
    };
    checks.set(left);
    signed.signed_by(issuer) != Signed::No
}
