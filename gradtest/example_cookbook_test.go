package gradtest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// These examples are the recipes of docs/cookbook.md, which a test compares with them.

// A path id that is known only at run time comes from a list.
func ExampleFromList() {
	app := gradtest.App{
		Name:   "from-list",
		Scopes: []rcapi.Scope{rcapi.ScopeReadMessages},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ListMessages},
			{Op: rcapi.ReadMessage, Prepare: gradtest.FromList(rcapi.ListMessages, "records.0.id", "messageId")},
		},
	}
	v, err := gradtest.Sweep(context.Background(), app)
	fmt.Println("ready:", v.Ready, err)
	// Output: ready: true <nil>
}

// What a call creates is removed after it, also when the sweep is interrupted.
func ExampleDelete() {
	contact := map[string]string{"firstName": "Ada", "lastName": "Example"}
	app := gradtest.App{
		Name:   "delete",
		Scopes: []rcapi.Scope{rcapi.ScopeContacts, rcapi.ScopeReadContacts},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.CreateContact, Body: contact, Cleanup: gradtest.Delete(rcapi.DeleteContact, "id", "contactId")},
			{Op: rcapi.ListContacts},
		},
	}
	v, err := gradtest.Sweep(context.Background(), app)
	fmt.Println("ready:", v.Ready, err)
	// Output: ready: true <nil>
}

// A call that removes or changes something gets one of its own.
func ExampleFromNew() {
	contact := map[string]string{"firstName": "Ada", "lastName": "Example"}
	app := gradtest.App{
		Name:   "from-new",
		Scopes: []rcapi.Scope{rcapi.ScopeContacts, rcapi.ScopeReadContacts},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.DeleteContact, Prepare: gradtest.FromNew(rcapi.CreateContact, contact, "id", "contactId")},
			{
				Op:      rcapi.ReadContact,
				Prepare: gradtest.FromNew(rcapi.CreateContact, contact, "id", "contactId"),
				Cleanup: gradtest.Delete(rcapi.DeleteContact, "", "contactId"),
			},
		},
	}
	v, err := gradtest.Sweep(context.Background(), app)
	fmt.Println("ready:", v.Ready, err)
	// Output: ready: true <nil>
}

// An update that changes nothing sends back what it has read.
func ExampleSendBack() {
	app := gradtest.App{
		Name:   "send-back",
		Scopes: []rcapi.Scope{rcapi.ScopeContacts, rcapi.ScopeReadContacts},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ListContacts},
			{Op: rcapi.ReadContact, Prepare: gradtest.FromList(rcapi.ListContacts, "records.0.id", "contactId")},
			{Op: rcapi.UpdateContact, Prepare: gradtest.InOrder(
				gradtest.FromList(rcapi.ListContacts, "records.0.id", "contactId"),
				gradtest.SendBack(rcapi.ReadContact, "firstName", "lastName"),
			)},
		},
	}
	v, err := gradtest.Sweep(context.Background(), app)
	fmt.Println("ready:", v.Ready, err)
	// Output: ready: true <nil>
}

// A value in a body is looked up when the call is made.
func ExampleCall_Value() {
	app := gradtest.App{
		Name:   "value",
		Scopes: []rcapi.Scope{rcapi.ScopeSMS, rcapi.ScopeReadAccounts},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ListExtensionPhoneNumbers},
			{Op: rcapi.CreateSMSMessage, Prepare: func(c *gradtest.Call) {
				own := c.Value(rcapi.ListExtensionPhoneNumbers, "records.[features=SmsSender].phoneNumber")
				c.Body = map[string]any{
					"from": map[string]string{"phoneNumber": own},
					"to":   []any{map[string]string{"phoneNumber": own}},
					"text": "Hello",
				}
			}},
		},
	}
	v, err := gradtest.Sweep(context.Background(), app)
	fmt.Println("ready:", v.Ready, err)
	// Output: ready: true <nil>
}

// crmClient is an app's own client.
type crmClient struct {
	http *http.Client
	base string
}

func (c crmClient) calls(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/restapi/v1.0/account/~/extension/~/call-log", nil)
	if err != nil {
		return err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return errors.New(resp.Status)
	}
	return nil
}

// The app's own code makes the call, with the client that gradtest gives it.
func ExampleCall_Client() {
	app := gradtest.App{
		Name:   "own-client",
		Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadExtension},
			{Op: rcapi.ReadUserCallLog, Do: func(c *gradtest.Call) {
				if err := (crmClient{c.Client(), c.URL()}).calls(c.Context()); err != nil {
					c.Errorf("%v", err)
				}
			}},
		},
	}
	v, err := gradtest.Sweep(context.Background(), app)
	fmt.Println("ready:", v.Ready, err)
	// Output: ready: true <nil>
}

// A fax is a multipart body: a JSON part and at least one file. On a real server, send it to a number of your own.
func ExampleMultipart() {
	fax := gradtest.Multipart{
		JSON:  map[string]any{"to": []any{map[string]string{"phoneNumber": "+16505550160"}}, "faxResolution": "High"},
		Files: []gradtest.File{{Name: "hello.txt", ContentType: "text/plain", Data: []byte("Hello")}},
	}
	app := gradtest.App{
		Name:   "fax",
		Scopes: []rcapi.Scope{rcapi.ScopeFaxes, rcapi.ScopeReadAccounts},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.CreateFaxMessage, Body: fax},
			{Op: rcapi.ReadExtension},
		},
	}
	v, err := gradtest.Sweep(context.Background(), app)
	fmt.Println("ready:", v.Ready, err)
	// Output: ready: true <nil>
}

// An MMS is one too. Its sender is a number of the user that can send MMS, found at run time.
func ExampleMultipart_mms() {
	png := gradtest.File{Name: "dot.png", ContentType: "image/png", Data: []byte("\x89PNG\r\n\x1a\n")}
	app := gradtest.App{
		Name:   "mms",
		Scopes: []rcapi.Scope{rcapi.ScopeSMS, rcapi.ScopeReadAccounts},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.CreateMMS, Prepare: func(c *gradtest.Call) {
				c.Body = gradtest.Multipart{JSON: map[string]any{
					"from": map[string]string{"phoneNumber": firstNumber(c)},
					"to":   []any{map[string]string{"phoneNumber": "+16505550160"}},
				}, Files: []gradtest.File{png}}
			}},
			{Op: rcapi.ReadExtension},
			{Op: rcapi.ListExtensionPhoneNumbers},
		},
	}
	v, err := gradtest.Sweep(context.Background(), app)
	fmt.Println("ready:", v.Ready, err)
	// Output: ready: true <nil>
}

// A subscription needs a receiver that answers the validation request with its token. The emulator reaches a receiver
// on this machine; a real server needs a public https address, such as that of a tunnel. A WebHook subscription also
// needs the scope SubscriptionWebhook, which its body and not its operation decides.
func ExampleEndpoint_webhook() {
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Validation-Token", r.Header.Get("Validation-Token"))
		_, _ = io.Copy(io.Discard, r.Body) // a notification
	}))
	defer receiver.Close()
	subscription := map[string]any{
		"eventFilters": []string{"/restapi/v1.0/account/~/extension/~/presence"},
		"deliveryMode": map[string]string{"transportType": "WebHook", "address": receiver.URL},
	}
	app := gradtest.App{
		Name:   "webhook",
		Scopes: []rcapi.Scope{rcapi.ScopeSubscriptionWebhook, rcapi.ScopeReadPresence},
		Endpoints: []gradtest.Endpoint{
			{
				Op: rcapi.CreateSubscription, Body: subscription,
				Cleanup: gradtest.Delete(rcapi.DeleteSubscription, "id", "subscriptionId"),
			},
			{Op: rcapi.ReadUserPresenceStatus},
		},
	}
	v, err := gradtest.Sweep(context.Background(), app)
	fmt.Println("ready:", v.Ready, err)
	// Output: ready: true <nil>
}

// The parameters accountId and extensionId default to ~, the account and user of the token. An endpoint of another
// extension, and one operation that the app uses in two ways, get a Name of their own.
func ExampleEndpoint_company() {
	app := gradtest.App{
		Name:   "company",
		Scopes: []rcapi.Scope{rcapi.ScopeReadCallLog, rcapi.ScopeReadAccounts},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadCompanyCallLog, Query: url.Values{"perPage": {"10"}}},
			{Op: rcapi.ListExtensions},
			{Op: rcapi.ReadExtension},
			{Op: rcapi.ReadUserCallLog, Name: "own call log"},
			{
				Op: rcapi.ReadUserCallLog, Name: "call log of an extension",
				Prepare: gradtest.FromList(rcapi.ListExtensions, "records.0.id", "extensionId"),
			},
		},
	}
	v, err := gradtest.Sweep(context.Background(), app)
	fmt.Println("ready:", v.Ready, err)
	// Output: ready: true <nil>
}

// Some endpoints work only on what another person has done: a recording needs a call that was recorded. Let a person do
// it once, and look up what is there. If there is nothing, the call fails, costs no error, and says what is missing.
func ExampleEndpoint_anotherPerson() {
	app := gradtest.App{
		Name:   "recording",
		Scopes: []rcapi.Scope{rcapi.ScopeReadCallLog, rcapi.ScopeReadCallRecording},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadUserCallLog},
			{Op: rcapi.ReadCallRecording, Prepare: recorded},
		},
	}
	v, err := gradtest.Sweep(context.Background(), app)
	fmt.Println("ready:", v.Ready, err)
	// Output: ready: true <nil>
}

// An endpoint that cannot be called where the suite runs is exempt, with a reason. Nothing is sent; report, plan and
// command show it, and a scope that only it exercises is not asked for.
func ExampleEndpoint_exempt() {
	app := gradtest.App{
		Name:   "exempt",
		Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeCallControl},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadExtension},
			{Op: rcapi.AnswerCallParty, Exempt: "needs a person who calls"},
		},
	}
	v, err := gradtest.Sweep(context.Background(), app)
	fmt.Println("ready:", v.Ready, err)
	fmt.Println(v.Endpoints[1].Name, "is exempt:", v.Endpoints[1].Exempt)
	// Output:
	// ready: true <nil>
	// answerCallParty is exempt: needs a person who calls
}

var client *http.Client // of all tests of the package

// A client that all tests of a package share is made in TestMain. This function would be TestMain itself.
func ExampleOpen() {
	_ = func(m *testing.M) {
		session, err := gradtest.Open(context.Background(), exampleApp)
		if err != nil {
			log.Fatal(err)
		}
		client = session.Client()
		code := m.Run()
		if err := session.Close(); err != nil {
			log.Print(err)
		}
		os.Exit(code)
	}
}

// firstNumber is a number of the user that can send MMS.
func firstNumber(c *gradtest.Call) string {
	var list struct {
		Records []struct {
			PhoneNumber string
			Features    []string
		}
	}
	get(c, "/restapi/v1.0/account/~/extension/~/phone-number", &list)
	for _, n := range list.Records {
		if slices.Contains(n.Features, "MmsSender") {
			return n.PhoneNumber
		}
	}
	c.Errorf("no number of the user can send MMS: add one in the admin portal")
	c.FailNow()
	return ""
}

// recorded finds a recording in the call log.
func recorded(c *gradtest.Call) {
	var log struct {
		Records []struct{ Recording struct{ ID json.Number } }
	}
	get(c, "/restapi/v1.0/account/~/extension/~/call-log?recordingType=All", &log)
	if len(log.Records) == 0 {
		c.Errorf("no call of the user was recorded: record one, it counts for all later runs")
		c.FailNow()
	}
	c.Params["recordingId"] = log.Records[0].Recording.ID.String()
}

// get decodes the response of a path into v.
func get(c *gradtest.Call, path string, v any) {
	req, err := http.NewRequestWithContext(c.Context(), http.MethodGet, c.URL()+path, nil)
	if err != nil {
		c.Errorf("%v", err)
		c.FailNow()
	}
	resp, err := c.Client().Do(req)
	if err != nil {
		c.Errorf("%v", err)
		c.FailNow()
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(v); err != nil || resp.StatusCode != http.StatusOK {
		c.Errorf("%s: %s %v", path, resp.Status, err)
		c.FailNow()
	}
}
