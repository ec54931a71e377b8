// IBM's client for Node.js against the program. The newest one on npm speaks API v1; for v2 IBM
// publishes none there, so v2 is called through the core that its clients are generated upon.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import SecretsManager from "@ibm-cloud/secrets-manager/secrets-manager/v1.js";
import { IamAuthenticator } from "@ibm-cloud/secrets-manager/auth/index.js";
import core from "ibm-cloud-sdk-core";

const url = process.env.KEYTURN_URL;
const { apikey } = JSON.parse(process.env.KEYTURN_KEYS).manager;
const name = `node-${process.pid}`;
const envelope = {
    collection_type: "application/vnd.ibm.secrets-manager.secret+json",
    collection_total: 1,
};

const v1 = new SecretsManager({ authenticator: new IamAuthenticator({ apikey, url }), serviceUrl: url });
const v2 = new core.BaseService({ authenticator: new core.IamAuthenticator({ apikey, url }), serviceUrl: url });
let id;

async function call(method, path, body) {
    const { status, result } = await v2.createRequest({
        options: { url: path, method, body, path: {} },
        defaultOptions: {
            ...v2.baseOptions,
            headers: { Accept: "application/json", "Content-Type": "application/json" },
        },
    });
    return { status, result };
}

before(async () => {
    const made = await v1.createSecret({
        secretType: "arbitrary",
        metadata: envelope,
        resources: [{ name, payload: "first" }],
    });
    assert.equal(made.status, 200);
    [{ id }] = made.result.resources;
});

after(() => v1.deleteSecret({ secretType: "arbitrary", id }));

test("the client of v1 lists", async () => {
    const one = await v1.listSecrets({ secretType: "arbitrary", limit: 200 });
    assert.ok(one.result.resources.some((secret) => secret.id === id));
    const all = await v1.listAllSecrets({ search: name });
    assert.deepEqual(all.result.resources.map((secret) => secret.name), [name]);
    assert.equal(all.result.resources[0].secret_data, undefined);
});

test("the client of v1 rotates", async () => {
    const rotated = await v1.updateSecret({
        secretType: "arbitrary",
        id,
        action: "rotate",
        secretActionOneOf: { payload: "second" },
    });
    assert.equal(rotated.status, 200);
    assert.deepEqual(rotated.result.resources[0].secret_data, { payload: "second" });
    const read = await v1.getSecret({ secretType: "arbitrary", id });
    assert.equal(read.result.resources[0].versions_total, 2);
});

test("the core of the clients lists and rotates by v2", async () => {
    const before = (await call("GET", `/api/v2/secrets/${id}/metadata`)).result.versions_total;
    const rotated = await call("POST", `/api/v2/secrets/${id}/versions`, { payload: "third" });
    assert.equal(rotated.status, 201);
    assert.equal(rotated.result.payload, "third");
    const listed = await call("GET", `/api/v2/secrets?search=${name}`);
    assert.equal(listed.result.secrets[0].versions_total, before + 1);
});

test("a refusal arrives as one", async () => {
    await assert.rejects(
        v1.getSecret({ secretType: "kv", id }),
        (error) => error.status === 404 && error.message.length > 0,
    );
});
