// Package main has an enum of endpoints with methods.
package main

import (
	"net/http"
	"path"
	"strings"
)

type endpoint int

const (
	epProfile endpoint = iota
	epVoicemail
	epRingOut
)

func (e endpoint) method() string {
	return [...]string{epProfile: http.MethodGet, epVoicemail: http.MethodGet, epRingOut: http.MethodPost}[e]
}

func (e endpoint) path() string {
	switch e {
	case epProfile:
		return "/account/~/extension/~"
	case epVoicemail:
		return "/account/~/extension/~/message-store?messageType=VoiceMail"
	case epRingOut:
		return "/account/~/extension/~/ring-out"
	default:
		panic("unknown endpoint")
	}
}

func invoke(e endpoint) error {
	p, q, _ := strings.Cut(e.path(), "?")
	u := "https://" + path.Join("platform.ringcentral.com/restapi/v1.0", p)
	if q != "" {
		u += "?" + q
	}
	req, err := http.NewRequest(e.method(), u, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

func main() {
	invoke(epProfile)   // want "readExtension"
	invoke(epVoicemail) // want "listMessages"
	invoke(epRingOut)   // want "createRingOutCall"
}
