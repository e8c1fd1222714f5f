// Package lowerverbs writes verbs in lower case.
package lowerverbs

import (
	"fmt"
	"net/http"
	"strings"
)

func api(verb string, path ...any) (*http.Response, error) {
	req, err := http.NewRequest(strings.ToUpper(verb), "https://platform.ringcentral.com/restapi/v1.0/account/~/extension/~"+fmt.Sprint(path...), nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

func ensureSlash(p string) string {
	if !strings.HasPrefix(p, "/") {
		return "/" + p
	}
	return p
}

// Run calls.
func Run(id int) {
	api("post", "/sms")                                                                        // want "createSMSMessage"
	api("delete", "/message-store/", id)                                                       // want "deleteMessage"
	http.Get("https://platform.ringcentral.com" + ensureSlash("restapi/v1.0/account/~/sites")) // want "listSites"
}
