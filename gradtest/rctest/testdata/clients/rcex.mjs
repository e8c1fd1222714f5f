// @rc-ex/core against the emulator.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { check, codeFor, picture, recipient, redirectUri, refused, sender, servers, statusOf } from './checks.mjs';

// The package's build for import gives its class as module.exports.default, that for require as it stands.
const RingCentral = createRequire(import.meta.url)('@rc-ex/core').default;

// connect is a client of a server by name.
function connect(name) {
  const { url, clientId, clientSecret } = servers[name];
  return new RingCentral({ server: url, clientId, clientSecret: clientSecret || undefined, appName: 'checks', appVersion: '1.0' });
}

// login is connect with a token by JWT.
async function login(name) {
  const rc = connect(name);
  await rc.authorize({ jwt: servers[name].jwt });
  return rc;
}

const own = (rc) => rc.restapi().account().extension();
const text = { from: { phoneNumber: sender }, to: [{ phoneNumber: recipient }], text: 'hello' };
const attachment = { filename: 'point.png', contentType: 'image/png', content: picture };

// codeOf is the error code of a refusal, and the numbered one beneath it.
const codeOf = (e) => [e.response.data.errorCode, e.response.data.errors[0]?.errorCode];

await check('login by JWT', async () => {
  const { token } = await login('main');
  assert.equal(token.token_type, 'bearer');
  assert.equal(token.expires_in, 3600);
  assert.ok(token.access_token && token.refresh_token && token.scope && token.owner_id);
});

await check('login with a wrong secret', async () => {
  const rc = connect('main');
  rc.rest.clientSecret = 'not-it';
  const e = await refused(400, () => rc.authorize({ jwt: servers.main.jwt }));
  assert.equal(e.response.data.error, 'invalid_client');
});

for (const name of ['main', 'public']) {
  await check(`login by code with PKCE, ${name} app`, async () => {
    const rc = connect(name);
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      response_type: 'code', client_id: servers[name].clientId, redirect_uri: redirectUri, state: 'there',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
    });
    const { code, state } = await codeFor(`${servers[name].url}/restapi/oauth/authorize?${query}`);
    assert.equal(state, 'there');
    await rc.authorize({ code, redirect_uri: redirectUri, code_verifier: verifier });
    assert.ok((await own(rc).get()).id);
  });
}

await check('refresh', async () => {
  const rc = await login('main');
  const before = rc.token;
  await rc.refresh();
  assert.notEqual(rc.token.access_token, before.access_token);
  assert.equal(rc.token.expires_in, 3600);
  assert.equal(await statusOf(servers.main, before.access_token), 401, 'the old access token is dead');
  assert.ok((await own(rc).get()).id);
});

for (const which of ['access_token', 'refresh_token']) {
  await check(`revoke by ${which}`, async () => {
    const rc = await login('main');
    const { token } = rc;
    await rc.revoke(token[which]);
    assert.equal(rc.token, undefined);
    assert.equal(await statusOf(servers.main, token.access_token), 401);
    const e = await refused(400, () => rc.refresh(token.refresh_token));
    assert.equal(e.response.data.error, 'invalid_grant', 'the whole session has ended');
  });
}

const rc = await login('main');

await check('extension', async () => {
  const extension = await own(rc).get();
  assert.equal(String(extension.id), rc.token.owner_id);
  assert.equal(typeof extension.extensionNumber, 'string');
  assert.equal(extension.status, 'Enabled');
  assert.equal(extension.type, 'User');
});

await check('account and extensions', async () => {
  const account = await rc.restapi().account().get();
  assert.equal(typeof account.id, 'number');
  const { records, paging } = await rc.restapi().account().extension().list({ perPage: 10 });
  assert.ok(records.some((r) => String(r.id) === rc.token.owner_id), 'the user is one of them');
  assert.equal(paging.perPage, 10);
});

await check('SMS', async () => {
  const message = await own(rc).sms().post(text);
  assert.equal(message.type, 'SMS');
  assert.equal(message.from.phoneNumber, sender);
  assert.equal(message.to[0].phoneNumber, recipient);
  assert.equal(message.subject, 'hello');
  assert.ok(!Number.isNaN(Date.parse(message.creationTime)));
});

await check('MMS', async () => {
  const message = await own(rc).mms().post({ ...text, attachments: [attachment] });
  assert.equal(message.to[0].phoneNumber, recipient);
  assert.ok(message.attachments.length > 0);
});

await check('fax', async () => {
  const fax = await own(rc).fax().post({ to: [{ phoneNumber: recipient }], faxResolution: 'High', attachments: [attachment] });
  assert.equal(fax.type, 'Fax');
  assert.equal(fax.to[0].phoneNumber, recipient);
});

await check('message list', async () => {
  const list = await own(rc).messageStore().list({ messageType: ['SMS', 'Fax'], perPage: 5 });
  assert.equal(list.paging.perPage, 5);
  assert.ok(list.navigation.firstPage.uri);
  for (const r of list.records) assert.ok(r.id && r.type && r.direction && r.creationTime);
});

await check('message: read, mark, delete', async () => {
  const { id } = await own(rc).sms().post(text);
  const one = own(rc).messageStore(String(id));
  assert.equal((await one.get()).id, id);
  assert.equal((await one.put({ readStatus: 'Read' })).id, id);
  await one.delete({}, { purge: true });
});

await check('message: listed', async () => {
  const { id } = await own(rc).sms().post({ ...text, text: 'to be listed' });
  const { records } = await own(rc).messageStore().list({ messageType: ['SMS'], direction: ['Outbound'] });
  assert.equal(records.find((r) => r.id === id)?.subject, 'to be listed');
});

await check('message: gone', async () => {
  const { id } = await own(rc).sms().post(text);
  await own(rc).messageStore(String(id)).delete({}, { purge: true });
  assert.deepEqual(codeOf(await refused(404, () => own(rc).messageStore(String(id)).get())), ['CMN-102', 'CMN-102']);
});

await check('call log', async () => {
  const list = await own(rc).callLog().list({ view: 'Detailed', perPage: 3, type: ['Voice'] });
  assert.equal(list.paging.perPage, 3);
  for (const r of list.records) assert.ok(r.id && r.uri && r.sessionId && r.startTime && r.type && r.direction && r.action);
});

await check('contacts: create, read, update, list, delete', async () => {
  const contacts = (id) => own(rc).addressBook().contact(id);
  const { id } = await contacts().post({ firstName: 'Ada', lastName: 'Byron', mobilePhone: recipient });
  assert.equal(typeof id, 'number');
  const one = contacts(String(id));
  assert.equal((await one.get()).id, id);
  assert.equal((await one.put({ firstName: 'Augusta', lastName: 'King' })).id, id);
  assert.ok(Array.isArray((await contacts().list()).records));
  await one.delete();
});

await check('contacts: kept', async () => {
  const contacts = (id) => own(rc).addressBook().contact(id);
  const { id, lastName } = await contacts().post({ firstName: 'Grace', lastName: 'Murray' });
  assert.equal(lastName, 'Murray');
  const one = contacts(String(id));
  assert.equal((await one.get()).firstName, 'Grace');
  await one.patch({ lastName: 'Hopper' });
  const after = await one.get();
  assert.deepEqual([after.firstName, after.lastName], ['Grace', 'Hopper']);
  assert.ok((await contacts().list()).records.some((r) => r.id === id));
  await one.delete();
  assert.deepEqual(codeOf(await refused(404, () => one.get())), ['CMN-102', 'CMN-102']);
});

// A listener as webhooks need one: it hands the token back with which the platform makes sure of it, and keeps what it is told.
const told = [];
let tell = () => {};
const listener = createServer(async (request, response) => {
  const token = request.headers['validation-token'];
  if (token) response.setHeader('Validation-Token', token);
  let body = '';
  for await (const piece of request) body += piece;
  response.end();
  told.push({ token, verification: request.headers['verification-token'], body: body && JSON.parse(body) });
  tell();
});
await new Promise((resolve) => { listener.listen(0, '127.0.0.1', resolve); });

const messages = '/restapi/v1.0/account/~/extension/~/message-store';
const presence = '/restapi/v1.0/account/~/extension/~/presence';
const notifications = {
  eventFilters: [messages],
  deliveryMode: { transportType: 'WebHook', address: `http://127.0.0.1:${listener.address().port}/hook` },
};

await check('subscriptions: create, read, update, renew, list, delete', async () => {
  const subscriptions = (id) => rc.restapi().subscription(id);
  const { id, status, deliveryMode } = await subscriptions().post(notifications);
  assert.equal(status, 'Active');
  assert.equal(deliveryMode.transportType, 'WebHook');
  assert.equal(deliveryMode.address, notifications.deliveryMode.address);
  const one = subscriptions(id);
  assert.equal((await one.get()).id, id);
  assert.equal((await one.put({ eventFilters: [messages, presence] })).eventFilters.length, 2);
  assert.equal((await one.renew().post()).id, id);
  assert.ok((await subscriptions().list()).records.some((r) => r.id === id));
  await one.delete();
  await refused(404, () => one.get());
});

await check('subscriptions: validated, and told of a change', async () => {
  told.length = 0;
  const { id } = await rc.restapi().subscription().post({
    eventFilters: ['/restapi/v1.0/account/~/extension/~'], deliveryMode: { ...notifications.deliveryMode, verificationToken: 'mine' },
  });
  assert.equal(told.length, 1, 'the address was called before the answer');
  assert.ok(told[0].token);
  const event = new Promise((resolve) => { tell = resolve; });
  await own(rc).put({ contact: { firstName: 'Robyn' } });
  await event;
  const { verification, body } = told[1];
  assert.equal(verification, 'mine');
  assert.equal(body.subscriptionId, id);
  assert.match(body.event, /^\/restapi\/v1\.0\/account\/\d+\/extension\/\d+$/);
  assert.ok(body.uuid && body.timestamp && body.body);
  await rc.restapi().subscription(id).delete();
});

listener.close();

await check('presence: kept', async () => {
  for (const userStatus of ['Busy', 'Available']) {
    await own(rc).presence().put({ userStatus });
    assert.equal((await own(rc).presence().get()).userStatus, userStatus);
  }
});

await check('401, refreshed and repeated by the app', async () => {
  const c = await login('main');
  const stale = c.token;
  await c.refresh();
  const { refresh_token } = c.token;
  c.token = { ...stale, refresh_token };
  await refused(401, () => own(c).get());
  await c.refresh();
  assert.ok((await own(c).get()).id);
});

await check('401 of an invented token', async () => {
  const c = connect('main');
  c.token = { access_token: 'U0pDMTFQMDFQQVMwMHxBQUJ' };
  assert.equal(codeOf(await refused(401, () => own(c).get()))[0], 'TokenInvalid');
});

await check('403', async () => {
  const c = await login('narrow');
  const e = await refused(403, () => own(c).sms().post(text));
  assert.deepEqual(codeOf(e), ['InsufficientPermissions', 'CMN-401']);
  assert.equal(e.response.data.permissionName, 'SMS');
  assert.equal(e.response.data.errors[0].permissionName, 'SMS');
});

await check('404 of an unknown id', async () => {
  const e = await refused(404, () => own(rc).addressBook().contact('1').get());
  assert.deepEqual(codeOf(e), ['CMN-102', 'CMN-102']);
});

await check('429, waited and repeated by the app', async () => {
  const c = await login('strict');
  const e = await refused(429, async () => {
    for (let i = 0; i < 3; i++) await own(c).get();
  });
  assert.equal(codeOf(e)[0], 'CMN-301');
  assert.equal(e.response.headers['x-rate-limit-window'], '1');
  await new Promise((resolve) => { setTimeout(resolve, Number(e.response.headers['retry-after']) * 1000); });
  assert.ok((await own(c).get()).id, 'after Retry-After the server lets the request pass');
});
