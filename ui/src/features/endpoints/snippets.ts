/** A step of an example, to be pasted. */
export type Snippet = { title: string; text: string; note?: string };

/** A tool or language with its example. */
export type Example = { name: string; note: string; snippets: readonly Snippet[] };

const notedKey = 'Asks for the key, which stays off the command line and out of the history of the shell.';
const notedId = 'Put in the ID of an arbitrary secret: Details has it. Other types take other bodies.';
const setKey = "printf 'API key: '; read -rs SECRETS_MANAGER_APIKEY; export SECRETS_MANAGER_APIKEY";

/** The same three tasks in each: a token, the list, a rotation. The key is never part of it. */
export function examples(url: string, iamUrl = url): readonly Example[] {
  const own = iamUrl === url;
  const iam = own ? '' : `\nexport SECRETS_MANAGER_AUTH_URL='${iamUrl}'`;
  const environment: Snippet = {
    title: own ? 'Set the address and the API key' : 'Set the addresses and the API key',
    note: notedKey,
    text: `export SECRETS_MANAGER_URL='${url}'${iam}\n${setKey}`,
  };
  // where tokens are made
  const issuer = own ? 'SECRETS_MANAGER_URL' : 'SECRETS_MANAGER_AUTH_URL';
  return [curl(environment, issuer), python(environment, issuer), commandLine(environment)];
}

function curl(environment: Snippet, issuer: string): Example {
  return {
    name: 'curl',
    note: 'A token lives an hour. It comes with each request.',
    snippets: [
      environment,
      {
        title: 'Get a token',
        text: `TOKEN=$(printf %s "$SECRETS_MANAGER_APIKEY" | curl -sS "$${issuer}/identity/token" \\
  --data-urlencode 'grant_type=urn:ibm:params:oauth:grant-type:apikey' \\
  --data-urlencode apikey@- |
  sed -n 's/.*"access_token": *"\\([^"]*\\)".*/\\1/p')`,
      },
      {
        title: 'List secrets',
        text: `curl -sS "$SECRETS_MANAGER_URL/api/v2/secrets?limit=10" -H "Authorization: Bearer $TOKEN"`,
      },
      {
        title: 'Rotate a secret',
        note: notedId,
        text: `SECRET_ID='replace-with-an-id'
curl -sS "$SECRETS_MANAGER_URL/api/v2/secrets/$SECRET_ID/versions" \\
  -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
  --data @- <<'END'
{"payload": "new-value"}
END`,
      },
    ],
  };
}

function python(environment: Snippet, issuer: string): Example {
  return {
    name: 'Python',
    note: 'With IBM’s own SDK, unmodified: pip install ibm-secrets-manager-sdk',
    snippets: [
      environment,
      {
        title: 'Get a token',
        note: 'The authenticator gets another one by itself when it ends.',
        text: `import os
from ibm_cloud_sdk_core.authenticators import IAMAuthenticator
from ibm_secrets_manager_sdk.secrets_manager_v2 import SecretsManagerV2

url = os.environ["SECRETS_MANAGER_URL"]
authenticator = IAMAuthenticator(os.environ["SECRETS_MANAGER_APIKEY"], url=os.environ["${issuer}"])
secrets_manager = SecretsManagerV2(authenticator=authenticator)
secrets_manager.set_service_url(url)
token = authenticator.token_manager.get_token()`,
      },
      {
        title: 'List secrets',
        text: `listed = secrets_manager.list_secrets(limit=10).get_result()
print("\\n".join(f'{secret["id"]} {secret["name"]}' for secret in listed["secrets"]))`,
      },
      {
        title: 'Rotate a secret',
        note: notedId,
        text: `secret_id = "replace-with-an-id"
version = secrets_manager.create_secret_version(secret_id, {"payload": "new-value"}).get_result()
print(version["id"])`,
      },
    ],
  };
}

function commandLine(environment: Snippet): Example {
  return {
    name: 'CLI',
    note: 'keyturn exchanges the key for a token by itself. Without an address it works on the vaults of this computer.',
    snippets: [
      environment,
      { title: 'List secrets', text: 'keyturn secrets' },
      {
        title: 'Rotate a secret',
        note: notedId,
        text: `SECRET_ID='replace-with-an-id'
printf %s 'new-value' | keyturn secret-version-create --secret-id "$SECRET_ID" --arbitrary-payload -`,
      },
    ],
  };
}
