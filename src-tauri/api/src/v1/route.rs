//! The operations of v1, each with the action of v2 whose role it needs at least.

use std::{future::Future, pin::Pin};

use super::{
    Answer, Method,
    call::{Call, Stop},
    configurations, groups, locks, metadata, notifications, policies, query, secrets, versions,
};
use crate::Action;

/// An operation of v1.
pub struct Operation {
    /// Its name in IBM's clients.
    pub id: &'static str,
    /// Method.
    pub method: Method,
    /// Path below `/api/v1`, parameters in braces.
    pub path: &'static str,
    /// What the caller must be allowed to do. Calls to v2 check what they need themselves; v1 asks
    /// for more with policies and configurations.
    pub action: Action,
    pub(super) run: Run,
}

type Run = for<'a> fn(&'a Call<'a>) -> Running<'a>;
type Running<'a> = Pin<Box<dyn Future<Output = Result<Answer, Stop>> + Send + 'a>>;

/// One row: name, method, path, action, function.
macro_rules! operations {
    ($($id:literal $method:ident $path:literal $action:ident $run:path;)*) => {
        [$(Operation {
            id: $id,
            method: Method::$method,
            path: $path,
            action: Action::$action,
            run: |call| Box::pin($run(call)),
        }),*]
    };
}

/// All operations.
#[rustfmt::skip] // one operation a line
pub static OPERATIONS: [Operation; 39] = operations![
    "create_secret_group" Post "/secret_groups" SecretGroupCreate groups::create;
    "list_secret_groups" Get "/secret_groups" SecretGroupsList groups::list;
    "get_secret_group" Get "/secret_groups/{id}" SecretGroupsList groups::get;
    "update_secret_group_metadata" Put "/secret_groups/{id}" SecretGroupUpdate groups::update;
    "delete_secret_group" Delete "/secret_groups/{id}" SecretGroupDelete groups::delete;
    "create_secret" Post "/secrets/{secret_type}" SecretCreate secrets::create;
    "list_secrets" Get "/secrets/{secret_type}" SecretsList secrets::list;
    "list_all_secrets" Get "/secrets" SecretsList secrets::list_all;
    "get_secret" Get "/secrets/{secret_type}/{id}" SecretRead secrets::get;
    "update_secret" Post "/secrets/{secret_type}/{id}" SecretVersionCreate secrets::act;
    "delete_secret" Delete "/secrets/{secret_type}/{id}" SecretDelete secrets::delete;
    "list_secret_versions" Get "/secrets/{secret_type}/{id}/versions" SecretVersionsList versions::list;
    "get_secret_version" Get "/secrets/{secret_type}/{id}/versions/{version_id}" SecretVersionRead versions::get;
    "update_secret_version" Post "/secrets/{secret_type}/{id}/versions/{version_id}" SecretVersionActionCreate versions::act;
    "get_secret_version_metadata" Get "/secrets/{secret_type}/{id}/versions/{version_id}/metadata" SecretVersionMetadataRead versions::metadata;
    "update_secret_version_metadata" Put "/secrets/{secret_type}/{id}/versions/{version_id}/metadata" SecretVersionMetadataUpdate versions::update;
    "get_secret_metadata" Get "/secrets/{secret_type}/{id}/metadata" SecretMetadataRead metadata::get;
    "update_secret_metadata" Put "/secrets/{secret_type}/{id}/metadata" SecretMetadataUpdate metadata::update;
    "get_locks" Get "/locks/{secret_type}/{id}" SecretLocksList locks::list;
    "lock_secret" Post "/locks/{secret_type}/{id}/lock" SecretLocksCreate locks::lock;
    "unlock_secret" Post "/locks/{secret_type}/{id}/unlock" SecretLocksDelete locks::unlock;
    "get_secret_version_locks" Get "/locks/{secret_type}/{id}/versions/{version_id}" SecretLocksList locks::list;
    "lock_secret_version" Post "/locks/{secret_type}/{id}/versions/{version_id}/lock" SecretLocksCreate locks::lock;
    "unlock_secret_version" Post "/locks/{secret_type}/{id}/versions/{version_id}/unlock" SecretLocksDelete locks::unlock;
    "list_instance_secrets_locks" Get "/locks" SecretsLocksList locks::list_all;
    "put_policy" Put "/secrets/{secret_type}/{id}/policies" SecretPoliciesSet policies::put;
    "get_policy" Get "/secrets/{secret_type}/{id}/policies" SecretPoliciesGet policies::get;
    "put_config" Put "/config/{secret_type}" ConfigurationCreate configurations::put_engine;
    "get_config" Get "/config/{secret_type}" ConfigurationRead configurations::get_engine;
    "create_config_element" Post "/config/{secret_type}/{config_element}" ConfigurationCreate configurations::create;
    "get_config_elements" Get "/config/{secret_type}/{config_element}" ConfigurationRead configurations::list;
    "get_config_element" Get "/config/{secret_type}/{config_element}/{config_name}" ConfigurationRead configurations::get;
    "update_config_element" Put "/config/{secret_type}/{config_element}/{config_name}" ConfigurationUpdate configurations::update;
    "action_on_config_element" Post "/config/{secret_type}/{config_element}/{config_name}" ConfigurationActionCreate configurations::act;
    "delete_config_element" Delete "/config/{secret_type}/{config_element}/{config_name}" ConfigurationDelete configurations::delete;
    "create_notifications_registration" Post "/notifications/registration" NotificationsChange notifications::create;
    "get_notifications_registration" Get "/notifications/registration" NotificationsRead notifications::get;
    "delete_notifications_registration" Delete "/notifications/registration" NotificationsChange notifications::delete;
    "send_test_notification" Get "/notifications/test" NotificationsRead notifications::test;
];

/// The operation with this method and path below `/api/v1`.
pub fn operation(method: Method, path: &str) -> Option<&'static Operation> {
    find(method, path).map(|(operation, _)| operation)
}

/// The methods that a path has, for the refusal of another; none: there is no such path.
pub fn methods(path: &str) -> Vec<Method> {
    let here = OPERATIONS
        .iter()
        .filter(|operation| parameters(operation.path, path).is_some());
    here.map(|operation| operation.method).collect()
}

/// Values of the parameters of a path by their names.
pub(super) type Parameters = Vec<(&'static str, String)>;

pub(super) fn find(method: Method, path: &str) -> Option<(&'static Operation, Parameters)> {
    OPERATIONS
        .iter()
        .filter(|operation| operation.method == method)
        .find_map(|operation| Some((operation, parameters(operation.path, path)?)))
}

/// No two patterns of one method have the same path, so the first that fits is the one.
fn parameters(pattern: &'static str, path: &str) -> Option<Parameters> {
    let mut found = Vec::new();
    let mut given = path.split('/');
    for part in pattern.split('/') {
        let segment = given.next()?;
        match part
            .strip_prefix('{')
            .and_then(|part| part.strip_suffix('}'))
        {
            Some(name) if !segment.is_empty() => found.push((name, query::decode(segment)?)),
            None if segment == part => {}
            _ => return None,
        }
    }
    given.next().is_none().then_some(found)
}
