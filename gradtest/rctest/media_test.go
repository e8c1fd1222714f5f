package rctest

import (
	"bytes"
	"image/png"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDownloads(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	for path, kind := range map[string]string{
		own + "/message-store/1/content/2":            "image/png",
		own + "/profile-image":                        "image/png",
		own + "/profile-image/90x90":                  "image/png",
		own + "/greeting/1/content":                   "audio/mpeg",
		"/restapi/v1.0/account/~/recording/1/content": "audio/mpeg",
		"/restapi/v2/accounts/~/sms/consents/export":  "text/csv",
	} {
		got := a.call("GET " + path)
		require.Equal(t, 200, got.status, path)
		assert.Equal(t, kind, got.header.Get("Content-Type"), path)
		assert.NotEmpty(t, got.body, path)
		if kind == "image/png" {
			_, err := png.Decode(bytes.NewReader([]byte(got.body)))
			assert.NoError(t, err, "a picture that can be looked at")
		}
	}
}

func TestFiles(t *testing.T) {
	a := newApp(t, Config{})
	got := a.call("POST /team-messaging/v1/files?groupId=1&name=a.txt", "{}")
	assert.Equal(t, 200, got.status)
	assert.Regexp(t, `^\[\{"id":"\d+"`, got.body, "a list")
}
