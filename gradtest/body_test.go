package gradtest

import (
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEncode(t *testing.T) {
	for _, tc := range []struct {
		name        string
		body        any
		data        string
		contentType string
		err         string
	}{
		{name: "none"},
		{name: "bytes", body: []byte(`{"a":1}`), data: `{"a":1}`, contentType: jsonType},
		{name: "raw JSON", body: json.RawMessage(`[1]`), data: `[1]`, contentType: jsonType},
		{name: "text", body: `"x"`, data: `"x"`, contentType: jsonType},
		{name: "a struct", body: struct{ Text string }{"hi"}, data: `{"Text":"hi"}`, contentType: jsonType},
		{name: "a form", body: url.Values{"b": {"2 3"}, "a": {"1"}}, data: "a=1&b=2+3", contentType: "application/x-www-form-urlencoded"},
		{name: "a reader", body: strings.NewReader("x"), err: "can be read only once"},
		{name: "not JSON", body: make(chan int), err: "cannot be sent as JSON"},
		{name: "not JSON in a part", body: Multipart{JSON: make(chan int)}, err: "Multipart.JSON"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			data, contentType, err := encode(tc.body)
			if tc.err != "" {
				require.ErrorContains(t, err, tc.err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, tc.data, string(data))
			assert.Equal(t, tc.contentType, contentType)
		})
	}
}

func TestEncodeMultipart(t *testing.T) {
	data, contentType, err := encode(Multipart{
		JSON:  map[string]string{"faxResolution": "Low"},
		Files: []File{{Name: "a.txt", ContentType: "text/plain", Data: []byte("hello")}, {Field: "cover", Name: "b", Data: []byte{0, 1}}},
	})
	require.NoError(t, err)
	media, params, err := mime.ParseMediaType(contentType)
	require.NoError(t, err)
	require.Equal(t, "multipart/form-data", media)
	r := multipart.NewReader(strings.NewReader(string(data)), params["boundary"])
	for _, want := range []struct{ field, file, contentType, data string }{
		{"json", "request.json", jsonType, `{"faxResolution":"Low"}`},
		{"attachment", "a.txt", "text/plain", "hello"},
		{"cover", "b", "application/octet-stream", "\x00\x01"},
	} {
		part, err := r.NextPart()
		require.NoError(t, err)
		got, err := io.ReadAll(part)
		require.NoError(t, err)
		assert.Equal(t, want.field, part.FormName())
		assert.Equal(t, want.file, part.FileName())
		assert.Equal(t, want.contentType, part.Header.Get("Content-Type"))
		assert.Equal(t, want.data, string(got))
	}
	_, err = r.NextPart()
	assert.ErrorIs(t, err, io.EOF)
}
