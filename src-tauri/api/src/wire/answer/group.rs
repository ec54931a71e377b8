//! Secret groups.

use super::{
    members::{Members, typed},
    tolerance, view,
};
use crate::{
    Result, SecretGroup, SecretGroupView,
    wire::{
        known::{OTHER, unknown},
        plain::group_members,
    },
};

const WHAT: &str = "a secret group";
const LIST: &str = "secret groups";

/// `SecretGroup`.
pub fn secret_group(answer: &[u8]) -> Result<SecretGroupView> {
    read(Members::whole(WHAT, answer)?)
}

/// `list_secret_groups`.
pub fn secret_groups(answer: &[u8]) -> Result<Vec<SecretGroupView>> {
    let mut answer = Members::whole(LIST, answer)?;
    let entries = answer.entries("secret_groups")?.into_iter();
    entries
        .map(|text| read(Members::within(LIST, text)?))
        .collect()
}

fn read(mut answer: Members<'_>) -> Result<SecretGroupView> {
    let told = answer.read_member(crate::served::VIEW)?;
    let came = answer.rest()?;
    let mut members = came.clone();
    members.remove(OTHER);
    tolerance::group(&mut members);
    let mut group: SecretGroup = typed(WHAT, members)?;
    group.other = unknown(&came, &group_members(&group)).into_iter().collect();
    view::group(group, told)
}
