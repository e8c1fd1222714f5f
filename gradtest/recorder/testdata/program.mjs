// Logs in and makes three calls, the last two to a path that the platform lacks.
const { RC_SERVER_URL, RC_APP_CLIENT_ID, RC_APP_CLIENT_SECRET, RC_USER_JWT } = process.env;
const base = process.argv[2] ?? RC_SERVER_URL;
const login = await fetch(base + '/restapi/oauth/token', {
  method: 'POST',
  headers: { Authorization: 'Basic ' + Buffer.from(`${RC_APP_CLIENT_ID}:${RC_APP_CLIENT_SECRET}`).toString('base64') },
  body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: RC_USER_JWT }),
});
const { access_token } = await login.json();
for (const path of ['/extension/~', '/extension/~/widgets/17', '/extension/~/widgets/18']) {
  const answer = await fetch(base + '/restapi/v1.0/account/~' + path, { headers: { Authorization: `Bearer ${access_token}` } });
  await answer.text();
  console.log(answer.status);
}
