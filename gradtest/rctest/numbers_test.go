package rctest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestNumbersAsText sends ids on as the extension list has them, which is as numbers, and numbers as text.
func TestNumbersAsText(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	queue := a.filled(t, "POST $assignMultipleCallQueueMembers$")
	for _, tt := range []struct{ what, body string }{
		{"POST /team-messaging/v1/conversations", `{"members":[{"id":62264426}]}`},
		{"POST /team-messaging/v1/teams", `{"name":"Numbers","members":[{"id":62264426}]}`},
		{"POST " + own + "/company-pager", `{"to":[{"extensionId":62264426}],"text":"hi"}`},
		{"POST " + own + "/company-pager", `{"to":[{"extensionNumber":102}],"text":"hi"}`},
		{queue, `{"addedExtensionIds":[62264426]}`},
		{"POST " + own + "/sms", `{"from":{"phoneNumber":16505550101},"to":[{"phoneNumber":16505550160}],"text":17}`},
		{"POST " + own + "/ring-out", `{"from":{"phoneNumber":"+16505550101"},"to":{"phoneNumber":16505550160}}`},
		{"POST /restapi/v1.0/subscription", `{"eventFilters":["/restapi/v1.0/account/~/extension/~/presence"],"expiresIn":"600","deliveryMode":{"transportType":"WebHook","address":"https://hook.example/x"}}`},
	} {
		got := a.call(tt.what, tt.body)
		assert.Less(t, got.status, 300, "%s %s: %s", tt.what, tt.body, got.body)
	}
	for _, tt := range []struct{ what, body string }{
		{"POST /team-messaging/v1/conversations", `{"members":[{"id":{"id":62264426}}]}`},
		{"POST " + own + "/company-pager", `{"to":[{"extensionId":[62264426]}],"text":"hi"}`},
		{"POST " + own + "/sms", `{"from":{"phoneNumber":"+16505550101"},"to":[{"phoneNumber":"+16505550160"}],"text":{}}`},
	} {
		got := a.call(tt.what, tt.body)
		assert.Equal(t, 400, got.status, "%s %s: %s", tt.what, tt.body, got.body)
		assert.Equal(t, "CMN-101", got.codes(t)[0])
	}
}

// TestNumbersWithoutPlus sends each number in the forms that people write, and expects the same answer.
func TestNumbersWithoutPlus(t *testing.T) {
	for _, tt := range []struct {
		what, body string // with F for the sender, T for the recipient
		from       string // number that the sender has in F
	}{
		{"POST " + own + "/sms", `{"from":{"phoneNumber":"F"},"to":[{"phoneNumber":"T"}],"text":"hi"}`, ownNumber},
		{"POST " + own + "/fax", sampleParts(`{"to":[{"phoneNumber":"T"}]}`, "application/pdf"), ""},
		{"POST " + own + "/mms", sampleParts(`{"from":{"phoneNumber":"F"},"to":[{"phoneNumber":"T"}]}`, "image/png"), ownNumber},
		{"POST " + own + "/ring-out", `{"from":{"phoneNumber":"F"},"to":{"phoneNumber":"T"}}`, ownNumber},
		{"POST /restapi/v1.0/account/~/a2p-sms/batches", `{"from":"F","text":"hi","messages":[{"to":["T"]}]}`, "+16505550190"},
		{"POST /restapi/v1.0/account/~/a2p-sms/opt-outs/bulk-assign", `{"from":"F","optOuts":["T"]}`, ownNumber},
		{"GET " + own + "/message-store?phoneNumber=T", "", ""},
		{"GET " + own + "/call-log?phoneNumber=T", "", ""},
		{"GET " + own + "/address-book/contact?phoneNumber=T", "", ""},
		{"GET /restapi/v1.0/account/~/a2p-sms/messages?phoneNumber=T", "", ""},
	} {
		count := -1
		for _, form := range []string{"+1", "1", "", "%2B1"} {
			if strings.HasPrefix(form, "%") != (tt.body == "" && form != "1" && form != "") {
				continue
			}
			a := newApp(t, Config{Limits: Unlimited()})
			for _, sent := range []string{`{"from":{"phoneNumber":"` + ownNumber + `"},"to":[{"phoneNumber":"+16505550200"}],"text":"hi"}`} {
				require.Equal(t, 200, a.call("POST "+own+"/sms", sent).status)
			}
			fill := strings.NewReplacer("F", form+strings.TrimPrefix(tt.from, "+1"), "T", form+"6505550200").Replace
			method, path, _ := strings.Cut(tt.what, " ")
			r := a.request(method + " " + fill(path))
			if tt.body != "" {
				head, _, parts := strings.Cut(tt.body, "\r\n")
				r = a.request(tt.what, fill(tt.body))
				if parts && head == "--b" {
					r = a.request(tt.what, strings.NewReplacer(`"F"`, fill(`"F"`), `"T"`, fill(`"T"`)).Replace(tt.body))
					r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
				}
			}
			got := a.send(r)
			assert.Less(t, got.status, 300, "%s with %q: %s", tt.what, form, got.body)
			if method == "GET" {
				found := len(got.json(t)["records"].([]any))
				if count < 0 {
					count = found
				}
				assert.Equal(t, count, found, "%s with %q", tt.what, form)
			}
			assert.NotContains(t, got.body, `"6505550200"`, "shown as it is kept")
		}
	}
	a := newApp(t, Config{Limits: Unlimited()})
	for _, number := range []string{"650555020", "6505550200123456", "+65055", "+1650555020a", "650-555-0200"} {
		got := a.call("POST "+own+"/sms", `{"from":{"phoneNumber":"`+ownNumber+`"},"to":[{"phoneNumber":"`+number+`"}],"text":"hi"}`)
		assert.Equal(t, 400, got.status, number)
	}
}
