//! The declared list of operations. The router, the `OpenAPI` document and the table of who may do
//! what are built from it.

mod beyond;
mod configurations;
mod groups;
mod identity;
mod locks;
mod not_supported;
mod secrets;
mod v1;
mod versions;

use std::borrow::Cow;
use std::pin::Pin;
use std::sync::{Arc, LazyLock};

use axum::Router;

use http::Method;
use keyturn_api::{
    Action, Caller, Code, ConfigurationView, Problem, Result, Revision, Secret, SecretGroupView,
    SecretView, Target, Version, VersionView,
    wire::{self, Json, Query},
};
use serde_json::Value;

use crate::{
    answer::{Inner, Peer},
    respond::Answer,
};

/// An operation of the API.
pub(crate) struct Route {
    pub(crate) method: Method,
    /// From the root, as axum writes it: `/api/v2/secrets/{id}`.
    pub(crate) path: Cow<'static, str>,
    /// Name of the operation in IBM's SDKs.
    pub(crate) operation: Cow<'static, str>,
    pub(crate) need: Need,
    pub(crate) handler: Handler,
}

/// What a caller needs before a request is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// A token whose role allows this.
    Action(Action),
    /// Nothing: anybody may call it.
    Open,
}

type Answering<'a> = Pin<Box<dyn Future<Output = Result<Answer>> + Send + 'a>>;
type Handler = for<'a> fn(&'a Call) -> Answering<'a>;

/// A request that was let in.
pub(crate) struct Call {
    pub(crate) inner: Arc<Inner>,
    pub(crate) caller: Caller,
    /// Variable parts of the path, decoded.
    pub(crate) parts: Vec<(String, String)>,
    /// The path as it came.
    pub(crate) path: String,
    /// After the `?`, as it came.
    pub(crate) query: String,
    pub(crate) body: zeroize::Zeroizing<Vec<u8>>,
    /// `https://host`.
    pub(crate) origin: String,
    /// `X-Sm-Accept-Configuration-Type`
    pub(crate) config_type: Option<String>,
    /// `If-Match`: the revision that a change expects. Beyond IBM's API.
    pub(crate) expect: Option<Revision>,
    /// Whether whole views are answered. Beyond IBM's API.
    pub(crate) views: bool,
    /// Whether the payload is base64 of a file's bytes. Beyond IBM's API.
    pub(crate) sends_file: bool,
    pub(crate) peer: Option<Peer>,
    pub(crate) host: String,
    pub(crate) method: Method,
    /// The operations of v2, for those of v1.
    pub(crate) v2: Router,
}

/// An operation as others see it: to document it, and to test who may call it.
#[derive(Clone, Debug)]
pub struct Operation {
    /// HTTP method.
    pub method: Method,
    /// Pattern of the path.
    pub path: String,
    /// Name of the operation in IBM's SDKs; `v1_` comes before it for those of API v1.
    pub id: String,
}

/// Every operation that is served.
pub fn operations() -> Vec<Operation> {
    let of = |route: &Route| Operation {
        method: route.method.clone(),
        path: route.path.clone().into_owned(),
        id: route.operation.clone().into_owned(),
    };
    ROUTES.iter().map(of).collect()
}

impl Call {
    /// A variable part of the path.
    pub(crate) fn part(&self, name: &str) -> &str {
        let part = self.parts.iter().find(|(other, _)| other == name);
        part.map_or("", |(_, value)| value)
    }

    pub(crate) fn query(&self) -> Result<Query> {
        Query::parse(&self.query)
    }

    /// Refuses parameters where there are none.
    pub(crate) fn no_query(&self) -> Result<()> {
        self.query()?.finish()
    }

    /// A secret as this caller wants to see it; so the others below.
    pub(crate) fn secret(&self, secret: &Secret) -> Json {
        let write = if self.views {
            wire::secret_with_view
        } else {
            wire::secret
        };
        write(secret)
    }

    pub(crate) fn secret_metadata(&self, view: &SecretView) -> Value {
        let write = if self.views {
            wire::secret_metadata_with_view
        } else {
            wire::secret_metadata
        };
        write(view)
    }

    pub(crate) fn version(&self, version: &Version) -> Json {
        let write = if self.views {
            wire::version_with_view
        } else {
            wire::version
        };
        write(version)
    }

    pub(crate) fn version_metadata(&self, view: &VersionView) -> Value {
        let write = if self.views {
            wire::version_metadata_with_view
        } else {
            wire::version_metadata
        };
        write(view)
    }

    pub(crate) fn group(&self, view: &SecretGroupView) -> Value {
        if self.views {
            wire::secret_group_with_view(view)
        } else {
            wire::secret_group(&view.group)
        }
    }

    pub(crate) fn configuration(&self, view: &ConfigurationView) -> Value {
        let write = if self.views {
            wire::configuration_with_view
        } else {
            wire::configuration
        };
        write(view)
    }

    /// The address of this list with its parameters but for limit and offset, which a page adds.
    pub(crate) fn address(&self) -> String {
        let kept = self.query.split('&').filter(|pair| {
            let name = pair.split('=').next().unwrap_or_default();
            !pair.is_empty() && name != "limit" && name != "offset"
        });
        let kept = kept.collect::<Vec<_>>().join("&");
        let sign = if kept.is_empty() { "" } else { "?" };
        format!("{}{}{sign}{kept}", self.origin, self.path)
    }
}

/// An operation on what only a cloud has.
pub(crate) fn refused(what: &str) -> Problem {
    Problem::new(
        Code::NotSupported,
        format!("{what} need a cloud, which this instance is not."),
    )
    .at(Target::parameter("path"))
}

macro_rules! route {
    ($method:ident $path:literal $operation:literal $need:expr => $handler:path) => {
        Route {
            method: Method::$method,
            path: Cow::Borrowed($path),
            operation: Cow::Borrowed($operation),
            need: $need,
            handler: |call| Box::pin($handler(call)),
        }
    };
}

const fn needs(action: Action) -> Need {
    Need::Action(action)
}

/// Every operation: those of API v2, the way in, and those of v1, which ask v2.
pub(crate) static ROUTES: LazyLock<Vec<Route>> = LazyLock::new(|| {
    let own = V2.iter().map(|route| Route {
        method: route.method.clone(),
        path: route.path.clone(),
        operation: route.operation.clone(),
        ..*route
    });
    own.chain(v1::routes()).collect()
});

/// Whether an operation is an adapter over others.
pub(crate) fn is_v1(route: &Route) -> bool {
    route.path.starts_with("/api/v1/")
}

/// The refusal of what no operation answers.
pub(crate) fn no_route() -> Problem {
    Problem::new(Code::NotFound, "There is no such operation.").at(Target::parameter("path"))
}

/// Every operation of API v2, and the way in.
#[rustfmt::skip] // one route a line
static V2: &[Route] = &[
    route!(POST "/identity/token" "token" Need::Open => identity::token),
    route!(GET "/openapi.json" "openapi" Need::Open => crate::openapi::get),

    route!(POST "/api/v2/secret_groups" "create_secret_group" needs(Action::SecretGroupCreate) => groups::create),
    route!(GET "/api/v2/secret_groups" "list_secret_groups" needs(Action::SecretGroupsList) => groups::list),
    route!(GET "/api/v2/secret_groups/{id}" "get_secret_group" needs(Action::SecretGroupsList) => groups::get),
    route!(PATCH "/api/v2/secret_groups/{id}" "update_secret_group" needs(Action::SecretGroupUpdate) => groups::update),
    route!(DELETE "/api/v2/secret_groups/{id}" "delete_secret_group" needs(Action::SecretGroupDelete) => groups::delete),

    route!(POST "/api/v2/secrets" "create_secret" needs(Action::SecretCreate) => secrets::create),
    route!(GET "/api/v2/secrets" "list_secrets" needs(Action::SecretsList) => secrets::list),
    route!(GET "/api/v2/secrets/{id}" "get_secret" needs(Action::SecretRead) => secrets::get),
    route!(DELETE "/api/v2/secrets/{id}" "delete_secret" needs(Action::SecretDelete) => secrets::delete),
    route!(GET "/api/v2/secrets/{id}/metadata" "get_secret_metadata" needs(Action::SecretMetadataRead) => secrets::metadata),
    route!(PATCH "/api/v2/secrets/{id}/metadata" "update_secret_metadata" needs(Action::SecretMetadataUpdate) => secrets::update),
    route!(POST "/api/v2/secrets/{id}/actions" "create_secret_action" needs(Action::SecretActionCreate) => secrets::act),
    route!(GET "/api/v2/secret_groups/{id}/secret_types/{secret_type}/secrets/{name}" "get_secret_by_name_type" needs(Action::SecretRead) => secrets::by_name),

    route!(POST "/api/v2/secrets/{id}/versions" "create_secret_version" needs(Action::SecretVersionCreate) => versions::create),
    route!(GET "/api/v2/secrets/{id}/versions" "list_secret_versions" needs(Action::SecretVersionsList) => versions::list),
    route!(GET "/api/v2/secrets/{id}/versions/{version}" "get_secret_version" needs(Action::SecretVersionRead) => versions::get),
    route!(DELETE "/api/v2/secrets/{id}/versions/{version}/secret_data" "delete_secret_version_data" needs(Action::SecretVersionDataDelete) => versions::delete_data),
    route!(GET "/api/v2/secrets/{id}/versions/{version}/metadata" "get_secret_version_metadata" needs(Action::SecretVersionMetadataRead) => versions::metadata),
    route!(PATCH "/api/v2/secrets/{id}/versions/{version}/metadata" "update_secret_version_metadata" needs(Action::SecretVersionMetadataUpdate) => versions::update),
    route!(POST "/api/v2/secrets/{id}/versions/{version}/actions" "create_secret_version_action" needs(Action::SecretVersionActionCreate) => versions::act),

    route!(GET "/api/v2/secrets_locks" "list_secrets_locks" needs(Action::SecretsLocksList) => locks::list_all),
    route!(GET "/api/v2/secrets/{id}/locks" "list_secret_locks" needs(Action::SecretLocksList) => locks::list),
    route!(POST "/api/v2/secrets/{id}/locks_bulk" "create_secret_locks_bulk" needs(Action::SecretLocksCreate) => locks::create),
    route!(DELETE "/api/v2/secrets/{id}/locks_bulk" "delete_secret_locks_bulk" needs(Action::SecretLocksDelete) => locks::delete),
    route!(GET "/api/v2/secrets/{id}/versions/{version}/locks" "list_secret_version_locks" needs(Action::SecretLocksList) => locks::list),
    route!(POST "/api/v2/secrets/{id}/versions/{version}/locks_bulk" "create_secret_version_locks_bulk" needs(Action::SecretLocksCreate) => locks::create),
    route!(DELETE "/api/v2/secrets/{id}/versions/{version}/locks_bulk" "delete_secret_version_locks_bulk" needs(Action::SecretLocksDelete) => locks::delete),

    route!(POST "/api/v2/configurations" "create_configuration" needs(Action::ConfigurationCreate) => configurations::create),
    route!(GET "/api/v2/configurations" "list_configurations" needs(Action::ConfigurationsList) => configurations::list),
    route!(GET "/api/v2/configurations/{name}" "get_configuration" needs(Action::ConfigurationRead) => configurations::get),
    route!(PATCH "/api/v2/configurations/{name}" "update_configuration" needs(Action::ConfigurationUpdate) => configurations::update),
    route!(DELETE "/api/v2/configurations/{name}" "delete_configuration" needs(Action::ConfigurationDelete) => configurations::delete),
    route!(POST "/api/v2/configurations/{name}/actions" "create_configuration_action" needs(Action::ConfigurationActionCreate) => configurations::act),

    route!(GET "/api/v2/secrets/{id}/tasks" "list_secret_tasks" needs(Action::SecretMetadataRead) => not_supported::tasks),
    route!(GET "/api/v2/secrets/{id}/tasks/{task}" "get_secret_task" needs(Action::SecretMetadataRead) => not_supported::tasks),
    route!(PUT "/api/v2/secrets/{id}/tasks/{task}" "replace_secret_task" needs(Action::SecretTaskUpdate) => not_supported::tasks),
    route!(DELETE "/api/v2/secrets/{id}/tasks/{task}" "delete_secret_task" needs(Action::SecretTaskDelete) => not_supported::tasks),
    route!(POST "/api/v2/notifications/registration" "create_notifications_registration" needs(Action::NotificationsChange) => not_supported::notifications),
    route!(GET "/api/v2/notifications/registration" "get_notifications_registration" needs(Action::NotificationsRead) => not_supported::notifications),
    route!(DELETE "/api/v2/notifications/registration" "delete_notifications_registration" needs(Action::NotificationsChange) => not_supported::notifications),
    route!(GET "/api/v2/notifications/registration/test" "get_notifications_registration_test" needs(Action::NotificationsRead) => not_supported::notifications),

    route!(GET "/keyturn/v1/about" "about" needs(Action::SecretsList) => beyond::about),
    route!(GET "/keyturn/v1/changes" "list_changes" needs(Action::SecretsList) => beyond::changes),
    route!(GET "/keyturn/v1/labels" "list_labels" needs(Action::SecretsList) => beyond::labels),
    route!(GET "/keyturn/v1/secrets" "list_secrets_beyond" needs(Action::SecretsList) => beyond::list),
    route!(GET "/keyturn/v1/secrets/{id}/rotation_outlook" "get_rotation_outlook" needs(Action::SecretMetadataRead) => beyond::rotation_outlook),
    route!(POST "/keyturn/v1/secrets/{id}/policy_outlook" "get_policy_outlook" needs(Action::SecretMetadataRead) => beyond::policy_outlook),
    route!(POST "/keyturn/v1/private_cert_outlook" "get_private_cert_outlook" needs(Action::SecretCreate) => beyond::private_cert_outlook),
    route!(POST "/keyturn/v1/secrets/{id}/private_cert_outlook" "get_private_cert_rotation_outlook" needs(Action::SecretVersionCreate) => beyond::private_cert_rotation_outlook),
    route!(GET "/keyturn/v1/secrets/{id}/order" "get_order" needs(Action::SecretMetadataRead) => beyond::order),
    route!(DELETE "/keyturn/v1/secrets/{id}/order" "cancel_order" needs(Action::SecretActionCreate) => beyond::cancel_order),
    route!(GET "/keyturn/v1/secrets/{id}/versions/{version}/certificate" "get_certificate" needs(Action::SecretVersionMetadataRead) => beyond::certificate),
    route!(POST "/keyturn/v1/secrets/{id}/versions/{version}/comparison" "compare_versions" needs(Action::SecretVersionCompare) => beyond::comparison),
    route!(GET "/keyturn/v1/removals" "list_removals" needs(Action::ConfigurationRead) => beyond::removals),
    route!(POST "/keyturn/v1/removals/{id}" "retry_removal" needs(Action::ConfigurationUpdate) => beyond::retry_removal),
    route!(DELETE "/keyturn/v1/removals/{id}" "forget_removal" needs(Action::ConfigurationDelete) => beyond::forget_removal),

    route!(GET "/v1/ibmcloud/private_cert/config/certificate_authorities/{name}/crl" "crl_der" Need::Open => configurations::published::crl_der),
    route!(GET "/v1/ibmcloud/private_cert/config/certificate_authorities/{name}/crl/pem" "crl_pem" Need::Open => configurations::published::crl_pem),
    route!(GET "/v1/ibmcloud/private_cert/config/certificate_authorities/{name}/ca" "ca_der" Need::Open => configurations::published::ca_der),
    route!(GET "/v1/ibmcloud/private_cert/config/certificate_authorities/{name}/ca/pem" "ca_pem" Need::Open => configurations::published::ca_pem),
    route!(GET "/v1/ibmcloud/private_cert/config/certificate_authorities/{name}/ca_chain" "ca_chain" Need::Open => configurations::published::ca_chain),
];
