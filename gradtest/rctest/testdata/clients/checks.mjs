// What both scripts share. A check prints one line of JSON, {"check","ok","detail"}, of which TestClients makes a subtest.
import assert from 'node:assert/strict';

// Emulators by name, each {url, clientId, clientSecret, jwt}.
export const servers = JSON.parse(process.env.RCTEST_SERVERS);

// The paths that most checks use.
export const account = '/restapi/v1.0/account/~';
export const extension = `${account}/extension/~`;

// The numbers are of the range that is kept for fiction.
export const sender = '+16505550101';
export const recipient = '+12025550123';

// A picture of one point, which can be sent as MMS and as fax.
export const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64',
);

// Where the browser is sent back. Nothing listens there: the address is read from the redirect.
export const redirectUri = 'http://127.0.0.1:9/back';

const longest = 20_000; // ms; a check that hangs fails, and the others still run

// check runs one check and says how it ended. It never throws.
export async function check(name, act) {
  let ok = true;
  let detail = '';
  let timer;
  try {
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no end after ${longest} ms`)), longest);
    });
    await Promise.race([act(), late]);
  } catch (e) {
    ok = false;
    detail = clean(describe(e));
  } finally {
    clearTimeout(timer);
  }
  process.stdout.write(`${JSON.stringify({ check: name, ok, detail })}\n`);
}

// refused runs act, which the server has to refuse with this status, and returns what it threw.
export async function refused(status, act) {
  let answer;
  try {
    answer = await act();
  } catch (e) {
    assert.equal(e.response?.status, status, describe(e));
    return e;
  }
  assert.fail(`${answer?.status ?? 'an answer'} instead of ${status}`);
}

// codeFor walks the browser's part of the authorization code flow and returns the parameters of the redirect.
export async function codeFor(url) {
  const answer = await fetch(url, { redirect: 'manual' });
  assert.equal(answer.status, 302, 'authorize redirects');
  const location = new URL(answer.headers.get('location'));
  assert.equal(location.origin + location.pathname, redirectUri);
  return Object.fromEntries(location.searchParams);
}

// statusOf is what the server says to a bare request with this access token.
export async function statusOf(server, token) {
  const answer = await fetch(server.url + extension, { headers: { Authorization: `Bearer ${token}` } });
  await answer.arrayBuffer();
  return answer.status;
}

// describe says what an error is without the traffic that some clients put into their messages.
function describe(e) {
  const code = e.response?.data?.errorCode ?? e.response?.data?.errors?.[0]?.errorCode ?? '';
  const first = String(e.message).split('\n    Response:')[0];
  return [code, first, e.code === 'ERR_ASSERTION' ? '' : place(e)].filter(Boolean).join(' ');
}

// place is the line of a script that an unexpected error came from.
function place(e) {
  const line = String(e.stack).split('\n').find((l) => l.includes('/clients/') && !l.includes('node_modules'));
  return line ? `(${line.trim().replace(/.*\/clients\//, '')}` : '';
}

// clean keeps credentials and tokens out of the output.
function clean(text) {
  for (const { clientSecret, jwt } of Object.values(servers)) {
    for (const secret of [clientSecret, jwt]) {
      if (secret) text = text.replaceAll(secret, '…');
    }
  }
  return text.replace(/(bearer|basic) [\w.~+/=-]{12,}/gi, '$1 …');
}
