//! API keys of a vault of this computer.

use clap::Subcommand;
use keyturn_api::{Keys, NewApiKey, Problem, Role, Timestamp};
use serde_json::json;
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::operations::List;
use crate::options::Globals;
use crate::output;
use crate::send::Local;

const KEYS: List = List {
    array: "api_keys",
    columns: &[
        ("Name", "name"),
        ("ID", "id"),
        ("Role", "role"),
        ("Groups", "groups"),
        ("Created", "created_at"),
        ("Expires", "expires_at"),
        ("Last_Used", "last_used_at"),
        ("Expired", "expired"),
    ],
    paged: false,
};

/// What can be done with API keys.
#[derive(Debug, Subcommand)]
pub(crate) enum ApiKeyCommand {
    /// Make an API key; prints it once, as JSON
    Create {
        /// Name, unique in the vault
        #[arg(long, value_name = "NAME")]
        name: String,
        #[arg(
            long,
            value_name = "ROLE",
            value_parser = role,
            help = "Reader, SecretsReader, Writer or Manager"
        )]
        role: Role,
        /// Id of a secret group it is limited to; may be given several times
        #[arg(long = "group", value_name = "ID", value_delimiter = ',')]
        groups: Vec<String>,
        /// When it ends (RFC 3339); without it never
        #[arg(long, value_name = "TIME", value_parser = time)]
        expires_at: Option<Timestamp>,
    },
    /// List the API keys
    List,
    /// Revoke an API key, and every token of it
    Delete {
        /// Id of the key
        #[arg(long, value_name = "ID")]
        id: String,
    },
}

/// Does what was asked for.
pub(super) async fn run(command: ApiKeyCommand, globals: &Globals) -> Result<(), Failure> {
    let local = Local::open(globals).await?;
    let done = run_in(command, &local, globals).await;
    local.close();
    done
}

async fn run_in(command: ApiKeyCommand, local: &Local, globals: &Globals) -> Result<(), Failure> {
    let keys = &local.vault;
    let caller = &local.caller;
    match command {
        ApiKeyCommand::Create {
            name,
            role,
            groups,
            expires_at,
        } => {
            let new = NewApiKey {
                name,
                role,
                groups: (!groups.is_empty()).then(|| groups.into_iter().collect()),
                expires_at,
            };
            let made = keys.create_api_key(caller, new).await?;
            let body = Zeroizing::new(format!(
                r#"{{"id":{},"name":{},"apikey":"{}"}}"#,
                serde_json::Value::from(made.key.id.as_str()),
                serde_json::Value::from(made.key.name.as_str()),
                *made.secret,
            ));
            output::json(body.as_bytes())
        }
        ApiKeyCommand::List => {
            let listed = keys.api_keys(caller).await?;
            let shown = json!({"api_keys": listed, "total_count": listed.len()});
            output::own(&shown, Some(&KEYS), globals.output())
        }
        ApiKeyCommand::Delete { id } => {
            keys.delete_api_key(caller, &id).await?;
            output::answer(b"", None, globals.output())
        }
    }
}

fn role(text: &str) -> Result<Role, String> {
    let roles = [
        Role::Reader,
        Role::SecretsReader,
        Role::Writer,
        Role::Manager,
    ];
    let named = |role: &Role| format!("{role:?}").eq_ignore_ascii_case(text);
    let known = || "the roles are Reader, SecretsReader, Writer and Manager".to_owned();
    roles.into_iter().find(named).ok_or_else(known)
}

fn time(text: &str) -> Result<Timestamp, Problem> {
    Timestamp::parse(text)
        .ok_or_else(|| Problem::field("expires_at", "a time reads 2027-01-31T12:00:00Z"))
}
