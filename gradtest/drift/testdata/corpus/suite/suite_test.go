package suite

import (
	"net/http"
	"strings"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/gradsuite"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

type tests struct{ gradsuite.Suite }

func (s *tests) TestContacts() {
	s.Client().Get(s.URL() + "/restapi/v1.0/account/~/extension/~/address-book/contact")
}

func TestSuite(t *testing.T) {
	gradsuite.Run(t, new(tests), gradtest.App{
		Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog, rcapi.ScopeSMS, rcapi.ScopeEditMessages, rcapi.ScopeContacts},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadExtension, Prepare: func(c *gradtest.Call) {
				c.Client().Get(c.URL() + "/restapi/v1.0/account/~/extension/~/message-store")
			}},
			{Op: rcapi.ReadUserCallLog, Do: func(c *gradtest.Call) { Log() }},
			{Op: rcapi.CreateSMSMessage, Do: send},                                                                 // the suite's own function calls it
			{Op: rcapi.DeleteMessage, Prepare: gradtest.FromList(rcapi.ListMessages, "records.0.id", "messageId")}, // want "uncalled deleteMessage"
		},
	})
}

func send(c *gradtest.Call) {
	req, _ := http.NewRequest("POST", c.URL()+"/restapi/v1.0/account/~/extension/~/sms", strings.NewReader("{}"))
	c.Client().Do(req)
}

func remove(op rcapi.Operation) func(*gradtest.Call) { return gradtest.Delete(op, "id", "contactId") }

func number(c *gradtest.Call) string {
	return c.Value(rcapi.ListExtensionPhoneNumbers, "records.0.phoneNumber")
}
