# Logs in and makes three calls, the last two to a path that the platform lacks: with different versions of HTTP.
set -eu
base=${1:-$RC_SERVER_URL}
token=$(curl -sS --http2 -u "$RC_APP_CLIENT_ID:$RC_APP_CLIENT_SECRET" "$base/restapi/oauth/token" \
	-d grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer --data-urlencode "assertion=$RC_USER_JWT" |
	sed 's/.*"access_token" *: *"\([^"]*\)".*/\1/' | head -n 1)
call() {
	curl -sS -o /dev/null -w '%{http_code}\n' -H "Authorization: Bearer $token" "$1" "$base/restapi/v1.0/account/~/extension/~$2"
}
call --http2-prior-knowledge ''
call --compressed /widgets/17
call --http1.0 /widgets/18
