// Package paging follows links and pages.
package paging

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
)

type page struct {
	Navigation struct{ NextPage struct{ URI string } }
}

// All follows the links.
func All() {
	next := os.Getenv("BASE") + "/restapi/v1.0/account/~/extension/~/call-log?perPage=100"
	for next != "" {
		resp, err := http.Get(next) // want "readUserCallLog"
		if err != nil {
			return
		}
		var p page
		json.NewDecoder(resp.Body).Decode(&p)
		next = p.Navigation.NextPage.URI
	}
}

// Count counts pages.
func Count() {
	for i := 1; i < 10; i++ {
		http.Get(fmt.Sprintf("%s/restapi/v1.0/account/~/extension?page=%d&perPage=%d", os.Getenv("BASE"), i, 100)) // want "listExtensions"
	}
}
