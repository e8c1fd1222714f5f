# An app in another language: it logs in and reads its user.
set -eu
token=$(curl -sf -u "$RC_APP_CLIENT_ID:$RC_APP_CLIENT_SECRET" "$RC_SERVER_URL/restapi/oauth/token" \
	-d grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer --data-urlencode "assertion=$RC_USER_JWT" |
	sed 's/.*"access_token"[^"]*"\([^"]*\)".*/\1/')
curl -sf -H "Authorization: Bearer $token" "$RC_SERVER_URL/restapi/v1.0/account/~/extension/~"
