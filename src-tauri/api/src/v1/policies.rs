//! Policies: the rotation of a secret, which v2 has in its metadata.

use super::{
    Answer,
    call::{Call, Result},
    envelope::{Kind, resources},
    json::{Members, Node, missing},
    query::refused,
    shape::{Field, Made, picked, renamed, same, taken},
};
use crate::{Problem, Result as Checked, SecretType};

/// v2 keeps no dates of the policy apart from those of its secret.
const FIELDS: &[Field] = &[
    same("id"),
    same("crn"),
    renamed("created_at", "creation_date"),
    same("created_by"),
    renamed("updated_at", "last_update_date"),
];
const ANSWERED: &[&str] = &[
    "id",
    "crn",
    "creation_date",
    "created_by",
    "last_update_date",
    "updated_by",
];

pub(super) async fn get(call: &Call<'_>) -> Result<Answer> {
    let secret_type = checked(call)?;
    let named = call.secret().await?;
    Ok(shown(secret_type, &named.members()?))
}

/// Sets the policy; without resources there is none from then on.
pub(super) async fn put(call: &Call<'_>) -> Result<Answer> {
    let secret_type = checked(call)?;
    let mut policies = resources(call.body)?;
    let rotation = match (policies.pop(), policies.is_empty()) {
        (None, _) => none(secret_type),
        (Some(policy), true) => rotation(secret_type, policy)?,
        _ => {
            let problem = Problem::field("resources", "A secret has one policy at most.");
            return Err(problem.into());
        }
    };
    let named = call.secret().await?;
    let patch = Node::Object(vec![("rotation", Node::Object(rotation))]);
    let changed = call
        .patch(format!("{}/metadata", named.path), patch)
        .await?;
    Ok(shown(secret_type, &changed.members()?))
}

/// The type in the path, if secrets of it have policies.
fn checked(call: &Call<'_>) -> Checked<SecretType> {
    call.query.only(&["policy"])?;
    if !matches!(call.query.get("policy"), None | Some("rotation")) {
        return Err(refused("policy", "The only policy is rotation."));
    }
    let secret_type = call.secret_type()?;
    if matches!(
        secret_type,
        SecretType::Arbitrary | SecretType::Kv | SecretType::ImportedCert
    ) {
        return Err(refused(
            "secret_type",
            "Secrets of this type have no policies.",
        ));
    }
    Ok(secret_type)
}

fn none(secret_type: SecretType) -> Made<'static> {
    let mut none = vec![("auto_rotate", Node::Raw("false"))];
    if secret_type == SecretType::PublicCert {
        none.push(("rotate_keys", Node::Raw("false")));
    }
    none
}

fn rotation(secret_type: SecretType, mut policy: Members<'_>) -> Checked<Made<'_>> {
    policy.ignore(ANSWERED);
    let kind = policy.needed("type")?;
    let wanted = Kind::Policy.mime();
    if serde_json::from_str::<String>(kind).ok().as_deref() != Some(wanted) {
        return Err(Problem::field(
            "type",
            format!("The type of a policy is {wanted}."),
        ));
    }
    let given = policy.take("rotation").ok_or_else(|| missing("rotation"))?;
    policy.finish()?;
    let mut given = Members::of_field(given, "rotation")?;
    let rotation = match secret_type {
        SecretType::PublicCert => taken(
            &mut given,
            &[same("auto_rotate").needed(), same("rotate_keys").needed()],
        ),
        SecretType::PrivateCert => taken(
            &mut given,
            &[same("auto_rotate").needed(), same("interval"), same("unit")],
        ),
        _ => {
            let fields = [same("interval").needed(), same("unit").needed()];
            let interval = taken(&mut given, &fields);
            interval.map(|mut interval| {
                interval.push(("auto_rotate", Node::Raw("true")));
                interval
            })
        }
    }?;
    given.finish()?;
    Ok(rotation)
}

fn shown(secret_type: SecretType, secret: &Members<'_>) -> Answer {
    let rotation = secret.get("rotation").and_then(Members::of);
    let Some(rotation) = rotation else {
        return Kind::Policy.all(Vec::new());
    };
    let fields: &[Field] = match secret_type {
        SecretType::PublicCert => &[same("auto_rotate"), same("rotate_keys")],
        SecretType::PrivateCert => &[same("auto_rotate"), same("interval"), same("unit")],
        _ if rotation.get("auto_rotate") != Some("true") => return Kind::Policy.all(Vec::new()),
        _ => &[same("interval"), same("unit")],
    };
    let mut policy = picked(secret, FIELDS);
    policy.push(("type", Node::string(Kind::Policy.mime())));
    policy.push(("rotation", Node::Object(picked(&rotation, fields))));
    Kind::Policy.all(vec![Node::Object(policy)])
}
