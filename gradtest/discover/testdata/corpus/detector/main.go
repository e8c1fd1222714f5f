// Package main looks for secrets and checks each against its own service, one call each.
package main

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
)

type Detector interface {
	Keywords() []string
	Verify(ctx context.Context, secret []string) (bool, error)
}

type ringcentral struct{ client *http.Client }
type stripe struct{}

var (
	keyPat = regexp.MustCompile(`\b([0-9A-Za-z_-]{22})\b`)
	uriPat = regexp.MustCompile(`\b(https://www.[0-9A-Za-z_-]{1,}.com)\b`)
)

func (ringcentral) Keywords() []string { return []string{"ringcentral"} }

func (s ringcentral) Verify(ctx context.Context, secret []string) (bool, error) {
	req, err := http.NewRequestWithContext(ctx, "GET", fmt.Sprintf("https://platform.ringcentral.com/restapi/oauth/authorize?response_type=code&redirect_uri=%s&client_id=%s", secret[0], secret[1]), nil) // want-auth "authorize"
	if err != nil {
		return false, err
	}
	res, err := s.client.Do(req)
	if err != nil {
		return false, err
	}
	defer res.Body.Close()
	return res.StatusCode >= 200 && res.StatusCode < 300, nil
}

func (stripe) Keywords() []string { return []string{"k_live"} }

func (stripe) Verify(ctx context.Context, secret []string) (bool, error) {
	req, err := http.NewRequestWithContext(ctx, "GET", "https://api.stripe.com/v1/charges", nil)
	if err != nil {
		return false, err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false, err
	}
	return res.StatusCode == 200, res.Body.Close()
}

func main() {
	data := "…"
	for _, d := range []Detector{ringcentral{http.DefaultClient}, stripe{}} {
		for _, k := range d.Keywords() {
			if strings.Contains(data, k) {
				d.Verify(context.Background(), append(uriPat.FindStringSubmatch(data), keyPat.FindStringSubmatch(data)...))
			}
		}
	}
}
