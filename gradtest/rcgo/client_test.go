package rcgo_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	ringcentral "github.com/ringcentral/ringcentral-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rcgo"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

const (
	own = "/restapi/v1.0/account/~/extension/~"
	sms = `{"from":{"phoneNumber":"+16505550101"},"to":[{"phoneNumber":"+12025550123"}],"text":"hello"}`
)

// scene is the SDK in front of an emulator, with the gateway between them.
type scene struct {
	server *rctest.Server
	store  *ledger.Memory
	rc     *ringcentral.RestClient
}

// newScene logs the SDK in. Its session is the only one at the server.
func newScene(t *testing.T, config rctest.Config) *scene {
	t.Helper()
	s := &scene{server: rctest.NewServer(t, config), store: ledger.NewMemory()}
	for name, value := range map[string]string{
		"RC_SERVER_URL": s.server.URL, "RC_APP_CLIENT_ID": s.server.ClientID, "RC_APP_CLIENT_SECRET": s.server.ClientSecret,
		"RC_USER_JWT": s.server.JWT, "GRADTEST_TARGET": "live",
	} {
		t.Setenv(name, value)
	}
	session := gradtest.Start(t, gradtest.App{
		Name: "conformance", Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}}, Store: s.store,
	})
	var client rcgo.Client
	rc, err := client.For(session)
	require.NoError(t, err)
	s.rc = rc
	return s
}

// last returns the status and error code of the latest call from the gateway's record: the SDK shows neither.
func (s *scene) last(t *testing.T) (int, string) {
	t.Helper()
	var latest ledger.Record
	for r, err := range s.store.Records(t.Context(), time.Time{}) {
		require.NoError(t, err)
		if r.Kind == ledger.Done {
			latest = r
		}
	}
	return latest.Status, latest.Code
}

// object decodes an answer of the SDK.
func object(answer []byte) map[string]any {
	var m map[string]any
	if json.Unmarshal(answer, &m) != nil {
		return map[string]any{"body": string(answer)}
	}
	return m
}

// send posts an SMS and returns the path of the message.
func (s *scene) send() string {
	var m ringcentral.GetMessageInfoResponse
	_ = json.Unmarshal(s.rc.Post(own+"/sms", strings.NewReader(sms)), &m)
	return fmt.Sprintf("%s/message-store/%d", own, int64(m.Id))
}

// TestSDK checks typical uses of the SDK, and what the gateway records of them.
func TestSDK(t *testing.T) {
	s := newScene(t, rctest.Config{Limits: rctest.Unlimited()})
	for _, tc := range []struct {
		name   string
		status int
		code   string
		act    func(t *testing.T)
	}{
		{"GET", 200, "", func(t *testing.T) {
			var e ringcentral.GetExtensionInfoResponse
			require.NoError(t, json.Unmarshal(s.rc.Get(own), &e))
			assert.NotZero(t, int64(e.Id))
			assert.NotEmpty(t, e.ExtensionNumber)
			assert.True(t, strings.HasPrefix(e.Uri, s.server.URL), "addresses are the server's: %s", e.Uri)
		}},
		{"GET a list", 200, "", func(t *testing.T) {
			s.send()
			var l ringcentral.GetMessageList
			require.NoError(t, json.Unmarshal(s.rc.Get(own+"/message-store?perPage=1&messageType=SMS&messageType=Fax"), &l))
			assert.Len(t, l.Records, 1)
			assert.EqualValues(t, 1, l.Paging.PerPage)
			assert.NotEmpty(t, l.Navigation.FirstPage.Uri)
		}},
		{"POST", 200, "", func(t *testing.T) {
			m := object(s.rc.Post(own+"/sms", strings.NewReader(sms)))
			assert.Equal(t, "SMS", m["type"])
			assert.Equal(t, "hello", m["subject"])
		}},
		{"PUT", 200, "", func(t *testing.T) {
			assert.Equal(t, "Unread", object(s.rc.Put(s.send(), strings.NewReader(`{"readStatus":"Unread"}`)))["readStatus"])
		}},
		{"PATCH", 200, "", func(t *testing.T) {
			assert.Equal(t, "Unread", object(s.rc.Patch(s.send(), strings.NewReader(`{"readStatus":"Unread"}`)))["readStatus"])
		}},
		{"DELETE", 204, "", func(t *testing.T) { assert.Empty(t, s.rc.Delete(s.send())) }},
		{"multipart", 200, "", func(t *testing.T) {
			contentType, body := form(`{"to":[{"phoneNumber":"+12025550123"}]}`)
			assert.Equal(t, "Fax", object(s.rc.Request("POST", own+"/fax", contentType, body))["type"])
		}},
		{"batch", 207, "", func(t *testing.T) {
			a, b := s.send(), s.send()
			batch(t, s.rc.Get(a+","+b[strings.LastIndex(b, "/")+1:]), 2)
		}},
		{"refresh", 200, "", func(t *testing.T) {
			before := *s.rc.Token
			s.rc.Authorize(ringcentral.GetTokenRequest{
				GrantType: rctest.GrantRefresh, RefreshToken: before.RefreshToken, AccessTokenTtl: 3600, RefreshTokenTtl: 604800,
			})
			assert.NotEqual(t, before.AccessToken, s.rc.Token.AccessToken)
			assert.EqualValues(t, 3600, s.rc.Token.ExpiresIn)
		}},
		{"401", 401, "OAU-149", func(t *testing.T) {
			stranger := *s.rc
			stranger.Token = &ringcentral.TokenInfo{AccessToken: "U0pDMTFQMDFQQVMwMHxBQUJ"}
			assert.Equal(t, "TokenInvalid", object(stranger.Get(own))["errorCode"])
		}},
		{"404 of an unknown path", 404, "CMN-120", func(t *testing.T) {
			assert.Equal(t, "CMN-120", object(s.rc.Get(own + "/no-such-thing"))["errorCode"])
		}},
		{"404 of an unknown id", 404, "CMN-102", func(t *testing.T) {
			assert.Equal(t, "CMN-102", object(s.rc.Get(own + "/message-store/1"))["errorCode"])
		}},
		{"login without a JWT", 400, "CMN-100", func(t *testing.T) {
			rc := *s.rc
			rc.Token = nil
			rc.Authorize(ringcentral.GetTokenRequest{GrantType: rctest.GrantJWT})
			assert.Empty(t, rc.Token.AccessToken)
		}},
		{"revoke, which the SDK does not do as a form", 400, "CMN-104", func(t *testing.T) {
			rc := *s.rc
			rc.Revoke()
			assert.Nil(t, rc.Token)
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tc.act(t)
			status, code := s.last(t)
			assert.Equal(t, tc.status, status, "as the gateway has seen it")
			assert.Equal(t, tc.code, code, "as the gateway has seen it")
		})
	}
}

// TestSDKWithoutScope: the caller of the SDK gets the body of a 403, and the evidence has its status and code.
func TestSDKWithoutScope(t *testing.T) {
	s := newScene(t, rctest.Config{Limits: rctest.Unlimited(), Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}})
	m := object(s.rc.Post(own+"/sms", strings.NewReader(sms)))
	assert.Equal(t, "InsufficientPermissions", m["errorCode"])
	assert.Equal(t, "SMS", m["permissionName"])
	status, code := s.last(t)
	assert.Equal(t, http.StatusForbidden, status)
	assert.Equal(t, "CMN-401", code)
}

// TestSDKOverTheLimit: another program uses up the limit. The SDK gets one 429; after that the gateway waits until the
// penalty is over.
func TestSDKOverTheLimit(t *testing.T) {
	s := newScene(t, rctest.Config{Window: 2 * time.Second, Limits: map[rcapi.Group]int{rcapi.Light: 3}})
	require.NotContains(t, object(s.rc.Get(own)), "errorCode")
	for used := 0; ; used++ {
		require.Less(t, used, 4, "the limit is 3")
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.server.URL+own, nil)
		require.NoError(t, err)
		r.Header.Set("Authorization", "Bearer "+s.rc.Token.AccessToken)
		resp, err := s.server.Client().Do(r)
		require.NoError(t, err)
		resp.Body.Close()
		if resp.StatusCode == http.StatusTooManyRequests {
			break
		}
	}
	m := object(s.rc.Get(own))
	assert.Equal(t, "CMN-301", m["errorCode"])
	status, code := s.last(t)
	assert.Equal(t, http.StatusTooManyRequests, status)
	assert.Equal(t, "CMN-301", code)

	assert.NotContains(t, object(s.rc.Get(own)), "errorCode", "the gateway has waited")
}

// form returns a fax as users of the SDK build it: the SDK does not support faxes.
func form(request string) (string, io.Reader) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, part := range [][3]string{{"json", "request.json", request}, {"attachment", "text.txt", "some plain text"}} {
		p, _ := w.CreatePart(map[string][]string{ // a buffer takes everything
			"Content-Disposition": {fmt.Sprintf("form-data; name=%q; filename=%q", part[0], part[1])},
			"Content-Type":        {mime.TypeByExtension(part[1][strings.LastIndex(part[1], "."):])},
		})
		_, _ = io.WriteString(p, part[2])
	}
	_ = w.Close()
	return w.FormDataContentType(), &b
}

// batch reads a 207 without its header, which the SDK drops: a list of statuses, and then as many parts.
func batch(t *testing.T, answer []byte, n int) {
	t.Helper()
	first, _, _ := strings.Cut(strings.TrimSpace(string(answer)), "\n")
	boundary, found := strings.CutPrefix(strings.TrimSpace(first), "--")
	require.True(t, found, "no multipart answer: %.80s", answer)
	parts := multipart.NewReader(bytes.NewReader(answer), boundary)
	head, err := parts.NextPart()
	require.NoError(t, err)
	var list struct {
		Response []struct{ Status int }
	}
	require.NoError(t, json.NewDecoder(head).Decode(&list))
	require.Len(t, list.Response, n)
	for _, of := range list.Response {
		assert.Equal(t, http.StatusOK, of.Status)
		part, err := parts.NextPart()
		require.NoError(t, err)
		body, err := io.ReadAll(part)
		require.NoError(t, err)
		assert.NotNil(t, object(body)["id"], "%s", body)
	}
}
