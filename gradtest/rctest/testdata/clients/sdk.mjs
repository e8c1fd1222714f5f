// @ringcentral/sdk against the emulator.
import assert from 'node:assert/strict';
import ringcentral from '@ringcentral/sdk';
import FormData from 'form-data';
import { check, codeFor, extension, picture, recipient, redirectUri, refused, sender, servers, statusOf } from './checks.mjs';

// connect is a client of a server by name, and the requests that it sends, as `METHOD path`.
function connect(name, options = {}) {
  const { url, clientId, clientSecret } = servers[name];
  const sdk = new ringcentral.SDK({
    server: url, clientId, clientSecret, redirectUri, cachePrefix: `check-${++connections}-`, appName: 'checks', appVersion: '1.0', ...options,
  });
  const sent = [];
  sdk.client().on('beforeRequest', (r) => sent.push(`${r.method} ${r.url.slice(url.length).split('?')[0]}`));
  return { sdk, platform: sdk.platform(), sent };
}
let connections = 0;

// login is connect with a token by JWT.
async function login(name, options) {
  const c = connect(name, options);
  await c.platform.login({ jwt: servers[name].jwt });
  c.sent.length = 0;
  return c;
}

const tokenCall = 'POST /restapi/oauth/token';
const getExtension = `GET ${extension}`;
const sms = { from: { phoneNumber: sender }, to: [{ phoneNumber: recipient }], text: 'hello' };

// form is a multipart body as the SDK's documentation makes it.
function form(body) {
  const f = new FormData();
  f.append('json', Buffer.from(JSON.stringify(body)), { filename: 'request.json', contentType: 'application/json' });
  f.append('attachment', picture, { filename: 'point.png', contentType: 'image/png' });
  return f;
}

await check('login by JWT', async () => {
  const { platform } = connect('main');
  const token = await (await platform.login({ jwt: servers.main.jwt })).json();
  assert.equal(token.token_type, 'bearer');
  assert.equal(token.expires_in, 3600);
  assert.equal(token.refresh_token_expires_in, 604800);
  for (const member of ['access_token', 'refresh_token', 'scope', 'owner_id', 'endpoint_id', 'session_id']) {
    assert.equal(typeof token[member], 'string', member);
  }
  assert.equal(await platform.loggedIn(), true);
});

await check('login with a wrong JWT', async () => {
  const { platform } = connect('main');
  const e = await refused(400, () => platform.login({ jwt: 'not.a.credential' }));
  const body = await e.response.json();
  assert.equal(e.message, body.error_description, 'the SDK shows the description');
  assert.equal(body.errors.length, 1);
  assert.match(body.errors[0].errorCode, /^OAU-\d+$/);
  assert.equal(await platform.loggedIn(), false);
});

for (const name of ['main', 'public']) {
  await check(`login by code with PKCE, ${name} app`, async () => {
    const { platform } = connect(name);
    const url = platform.loginUrl({ usePKCE: true, state: 'a b+c' });
    const { code, state } = await codeFor(url);
    assert.equal(state, 'a b+c');
    await platform.login({ code });
    assert.equal((await platform.get(extension)).status, 200);
    const other = connect(name); // a code is good for one login
    await refused(403, () => other.platform.login({ code, code_verifier: platform.codeVerifier }));
  });
}

await check('login by code without PKCE', async () => {
  const { platform } = connect('main');
  const { code } = await codeFor(platform.loginUrl());
  await platform.login({ code });
  assert.equal((await platform.get(extension)).status, 200);
});

await check('login by code with another verifier', async () => {
  const { platform } = connect('public');
  const { code } = await codeFor(platform.loginUrl({ usePKCE: true }));
  await refused(403, () => platform.login({ code, code_verifier: 'x'.repeat(43) }));
});

await check('refresh', async () => {
  const { platform } = await login('main');
  const before = await platform.auth().data();
  await platform.refresh();
  const after = await platform.auth().data();
  assert.notEqual(after.access_token, before.access_token);
  assert.notEqual(after.refresh_token, before.refresh_token);
  assert.equal(after.session_id, before.session_id);
  assert.equal(await statusOf(servers.main, before.access_token), 401, 'the old access token is dead');
  assert.equal((await platform.get(extension)).status, 200);
});

await check('refresh, public app', async () => {
  const { platform } = connect('public');
  const { code } = await codeFor(platform.loginUrl({ usePKCE: true }));
  await platform.login({ code });
  await platform.refresh();
  assert.equal((await platform.get(extension)).status, 200);
});

await check('refresh shortly before expiry, once for all requests', async () => {
  const { platform, sent } = await login('main');
  await platform.auth().setData({ expire_time: Date.now() + 30_000 });
  const answers = await Promise.all([1, 2, 3].map(() => platform.get(extension)));
  assert.deepEqual(answers.map((a) => a.status), [200, 200, 200]);
  assert.deepEqual(sent, [tokenCall, getExtension, getExtension, getExtension]);
});

await check('logout', async () => {
  const { platform, sent } = await login('main');
  const { access_token: token } = await platform.auth().data();
  assert.equal((await platform.logout()).status, 200);
  assert.deepEqual(sent, ['POST /restapi/oauth/revoke']);
  assert.equal(await statusOf(servers.main, token), 401);
  assert.equal(await platform.loggedIn(), false);
});

const { platform, sdk } = await login('main');

await check('GET', async () => {
  const answer = await platform.get(extension);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type'), /^application\/json/);
  const body = await answer.json();
  assert.equal(body.id, Number((await platform.auth().data()).owner_id));
  assert.ok(body.uri.startsWith(servers.main.url), 'addresses lead back to the emulator');
});

await check('GET with a query', async () => {
  const body = await (await platform.get(`${extension}/message-store`, { perPage: 2, messageType: ['SMS', 'Fax'] })).json();
  assert.equal(body.paging.perPage, 2);
  assert.ok(body.records.length <= 2);
  assert.ok((await platform.get(body.navigation.firstPage.uri)).ok, 'the address of a page can be followed');
});

await check('POST', async () => {
  const message = await (await platform.post(`${extension}/sms`, sms)).json();
  assert.equal(message.type, 'SMS');
  assert.equal(message.direction, 'Outbound');
  assert.equal(message.to[0].phoneNumber, recipient);
  assert.equal(message.subject, 'hello');
});

await check('PUT', async () => {
  const { id } = await (await platform.post(`${extension}/sms`, sms)).json();
  const message = await (await platform.put(`${extension}/message-store/${id}`, { readStatus: 'Read' })).json();
  assert.equal(message.id, id);
});

await check('PUT: kept', async () => {
  const { id } = await (await platform.post(`${extension}/sms`, sms)).json();
  for (const readStatus of ['Read', 'Unread', 'Read']) {
    await platform.put(`${extension}/message-store/${id}`, { readStatus });
    assert.equal((await (await platform.get(`${extension}/message-store/${id}`)).json()).readStatus, readStatus);
  }
});

await check('DELETE', async () => {
  const { id } = await (await platform.post(`${extension}/sms`, sms)).json();
  const answer = await platform.delete(`${extension}/message-store/${id}`);
  assert.equal(answer.status, 204);
  assert.equal(await answer.text(), '');
});

await check('multipart fax', async () => {
  const fax = await (await platform.post(`${extension}/fax`, form({ to: [{ phoneNumber: recipient }], faxResolution: 'High' }))).json();
  assert.equal(fax.type, 'Fax');
  assert.equal(fax.to[0].phoneNumber, recipient);
});

await check('multipart MMS', async () => {
  const mms = await (await platform.post(`${extension}/sms`, form(sms))).json();
  assert.equal(mms.subject, 'hello');
  assert.equal(mms.to[0].phoneNumber, recipient);
});

await check('batch', async () => {
  const ids = [];
  for (let i = 0; i < 2; i++) ids.push((await (await platform.post(`${extension}/sms`, sms)).json()).id);
  const answer = await platform.get(`${extension}/message-store/${ids.join(',')},1`);
  assert.equal(answer.status, 207);
  const parts = await sdk.client().multipart(answer);
  assert.deepEqual(parts.map((p) => p.status), [200, 200, 404]);
  assert.deepEqual([(await parts[0].json()).id, (await parts[1].json()).id], ids);
  assert.equal((await parts[2].json()).errorCode, 'CMN-102');
});

await check('batch as JSON', async () => {
  const ids = [];
  for (let i = 0; i < 2; i++) ids.push((await (await platform.post(`${extension}/sms`, sms)).json()).id);
  const answer = await platform.get(`${extension}/message-store/${ids.join(',')}`, undefined, {
    headers: { Accept: 'application/vnd.ringcentral.multipart+json', 'Content-Type': 'application/json' },
  });
  assert.equal(answer.status, 207);
  const items = await answer.json();
  assert.deepEqual(items.map((i) => [Number(i.resourceId), i.status, i.body.id]), ids.map((id) => [id, 200, id]));
});

await check('batch DELETE', async () => {
  const ids = [];
  for (let i = 0; i < 2; i++) ids.push((await (await platform.post(`${extension}/sms`, sms)).json()).id);
  assert.equal((await platform.delete(`${extension}/message-store/${ids.join(',')}`, undefined, { purge: true })).status, 204);
  for (const id of ids) await refused(404, () => platform.get(`${extension}/message-store/${id}`));
});

await check('401, refreshed and repeated', async () => {
  const c = await login('main');
  await c.platform.auth().setData({ access_token: 'U0pDMTFQMDFQQVMwMHxBQUJ' });
  assert.equal((await c.platform.get(extension)).status, 200);
  assert.deepEqual(c.sent, [getExtension, tokenCall, getExtension]);
  assert.ok(Number((await c.platform.auth().data()).expires_in) >= 600, 'access_token_ttl=-1 gives the shortest life there is');
});

await check('401 of an expired token, refreshed and repeated', async () => {
  const c = await login('aging');
  const answer = await fetch(`${servers.aging.url}/emulator/v1/time`, { method: 'POST', body: '{"advance": "1h1s"}' });
  assert.equal(answer.status, 200);
  const refusals = [];
  c.sdk.client().on('requestError', (e) => { refusals.push(e.response.clone()); });
  assert.equal((await c.platform.get(extension)).status, 200);
  assert.deepEqual(c.sent, [getExtension, tokenCall, getExtension]);
  assert.deepEqual((await refusals[0].json()).errors.map((e) => e.errorCode), ['OAU-128']);
});

await check('401, nothing left to refresh', async () => {
  const c = await login('main');
  const other = connect('main');
  await other.platform.auth().setData(await c.platform.auth().data());
  await other.platform.logout();
  await refused(400, () => c.platform.get(extension));
  assert.deepEqual(c.sent, [getExtension, tokenCall]);
  assert.equal((await c.platform.auth().data()).access_token, '', 'the SDK has wiped its cache');
});

await check('401 without a token', async () => {
  const e = await refused(401, () => platform.get(extension, undefined, { skipAuthCheck: true, retry: true }));
  assert.equal((await e.response.json()).errorCode, 'AGW-401');
});

await check('403', async () => {
  const c = await login('narrow');
  const e = await refused(403, () => c.platform.post(`${extension}/sms`, sms));
  const body = await e.response.json();
  assert.equal(e.message, body.message, 'the SDK shows the message');
  assert.equal(body.errorCode, 'InsufficientPermissions');
  assert.equal(body.permissionName, 'SMS');
  assert.equal(body.errors[0].errorCode, 'CMN-401');
  assert.equal(body.errors[0].permissionName, 'SMS');
  assert.deepEqual(c.sent, [`POST ${extension}/sms`], 'not repeated');
});

await check('404 of an unknown path', async () => {
  const e = await refused(404, () => platform.get(`${extension}/no-such-thing`));
  assert.equal((await e.response.json()).errorCode, 'CMN-120');
});

await check('404 of an unknown id', async () => {
  const e = await refused(404, () => platform.get(`${extension}/message-store/1`));
  const body = await e.response.json();
  assert.equal(body.errorCode, 'CMN-102');
  assert.equal(body.parameterName, 'messageId');
});

await check('429', async () => {
  const c = await login('strict');
  let told;
  c.platform.on('rateLimitError', (e) => { told = e; });
  const e = await refused(429, async () => {
    for (let i = 0; i < 3; i++) await c.platform.get(extension);
  });
  assert.equal(told, e, 'the SDK has told its listeners');
  assert.equal(e.retryAfter, 1000);
  const h = e.response.headers;
  assert.deepEqual(['group', 'limit', 'remaining', 'window'].map((n) => h.get(`x-rate-limit-${n}`)), ['light', '2', '0', '1']);
  assert.equal((await e.response.json()).errorCode, 'CMN-301');
});

await check('429, waited and repeated', async () => {
  const c = await login('strict', { handleRateLimit: true });
  const statuses = [];
  for (let i = 0; i < 4; i++) statuses.push((await c.platform.get(extension)).status);
  assert.deepEqual(statuses, [200, 200, 200, 200], 'after Retry-After the server lets the request pass');
  assert.ok(c.sent.length > 4, 'one of them had to wait');
});

await check('429 of logins', async () => {
  const e = await refused(429, async () => {
    for (let i = 0; i < 20; i++) await login('busy');
  });
  assert.equal(e.retryAfter, 1000);
  assert.equal(e.response.headers.get('x-rate-limit-group'), 'auth');
  assert.ok(await login('busy', { handleRateLimit: true }), 'after Retry-After the server lets it pass');
});

await check('addresses by discovery', async () => {
  const c = connect('main', { enableDiscovery: true, discoveryServer: servers.main.url, discoveryAutoInit: false });
  await c.platform.initDiscovery();
  const { code, discovery_uri, token_uri } = await codeFor(await c.platform.loginUrlWithDiscovery({ usePKCE: true }));
  await c.platform.login({ code, discovery_uri, token_uri });
  assert.equal((await c.platform.get(extension)).status, 200);
  await c.platform.refresh();
  await c.platform.logout();
  await c.platform.discoveryInitPromise; // it starts anew by itself
});
