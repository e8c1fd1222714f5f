// Package resultpair keeps endpoint descriptions in a map of structs by a key of its own.
package resultpair

import (
	"fmt"
	"net/http"
)

type key string

type desc struct {
	Verb, Path string
	Body       func() any
}

const (
	keySMS   key = "sms"
	keyFax   key = "fax"
	keyStore key = "store"
)

var descs = map[key]desc{
	keySMS:   {Verb: "POST", Path: "/restapi/v1.0/account/~/extension/~/sms"},
	keyFax:   {Verb: "POST", Path: "/restapi/v1.0/account/~/extension/~/fax"},
	keyStore: {Verb: "GET", Path: "/restapi/v1.0/account/~/extension/~/message-store"},
}

func run(k key) error {
	d, ok := descs[k]
	if !ok {
		return fmt.Errorf("no %s", k)
	}
	req, err := http.NewRequest(d.Verb, "https://platform.ringcentral.com"+d.Path, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// Run calls.
func Run() {
	run(keySMS)   // want "createSMSMessage"
	run(keyStore) // want "listMessages"
}
