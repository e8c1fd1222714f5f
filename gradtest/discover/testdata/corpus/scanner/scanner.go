// Package scanner checks leaked credentials of many vendors with one call each.
package scanner

import (
	"context"
	"net/http"
	"net/url"
	"strings"
)

// Detector checks credentials.
type Detector interface {
	Verify(ctx context.Context, secret string) bool
}

type ringcentral struct{}

func (ringcentral) Verify(ctx context.Context, secret string) bool {
	data := url.Values{"grant_type": {"refresh_token"}}
	req, err := http.NewRequestWithContext(ctx, "POST", "https://platform.devtest.ringcentral.com/restapi/oauth/token", strings.NewReader(data.Encode())) // want-auth "getToken"
	if err != nil {
		return false
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil || resp.StatusCode != 200 {
		return false
	}
	check, _ := http.NewRequest(http.MethodGet, "https://platform.ringcentral.com/restapi/v1.0/account/~/extension/~", nil) // want "readExtension"
	_, err = http.DefaultClient.Do(check)
	return err == nil
}

type other struct{}

func (other) Verify(ctx context.Context, secret string) bool {
	_, err := http.Get("https://api.other-vendor.io/v1/account/~/extension/~")
	return err == nil
}

// All returns the detectors.
func All() []Detector { return []Detector{ringcentral{}, other{}} }
