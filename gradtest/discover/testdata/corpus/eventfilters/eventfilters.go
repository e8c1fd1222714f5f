// Package eventfilters subscribes: its filters look like paths, and are none.
package eventfilters

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
)

// Not a call: GET /restapi/v1.0/account/~/extension/~/address-book-sync
var filters = []string{
	"/restapi/v1.0/account/~/extension/~/presence?detailedTelephonyState=true",
	"/restapi/v1.0/account/~/extension/~/message-store/instant?type=SMS",
	"/restapi/v1.0/account/~/telephony/sessions",
}

// Subscribe creates a subscription.
func Subscribe() error {
	body, err := json.Marshal(map[string]any{
		"eventFilters": append(filters, "/restapi/v1.0/account/~/presence"),
		"deliveryMode": map[string]string{"transportType": "WebHook"},
	})
	if err != nil {
		return err
	}
	_, err = http.Post(os.Getenv("BASE")+"/restapi/v1.0/subscription", "application/json", bytes.NewReader(body)) // want "createSubscription"
	return err
}

// Handle serves paths like the platform's.
func Handle(mux *http.ServeMux) {
	mux.HandleFunc("GET /restapi/v1.0/account/{id}/call-log", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("/restapi/v1.0/account/~/extension/~/sms", func(http.ResponseWriter, *http.Request) {})
}
