// Package steps runs a list of methods.
package steps

import (
	"context"
	"net/http"
)

type syncer struct{ base string }

func (s *syncer) fetch(ctx context.Context, path string) error {
	req, err := http.NewRequestWithContext(ctx, "GET", s.base+path, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

func (s *syncer) calls(ctx context.Context) error {
	return s.fetch(ctx, "/restapi/v1.0/account/~/call-log-sync") // want "syncAccountCallLog"
}

func (s *syncer) contacts(ctx context.Context) error {
	return s.fetch(ctx, "/restapi/v1.0/account/~/extension/~/address-book-sync") // want "syncAddressBook"
}

func (s *syncer) messages(ctx context.Context) error {
	return s.fetch(ctx, "/restapi/v1.0/account/~/extension/~/message-sync") // want "syncMessages"
}

func (s *syncer) forgotten(ctx context.Context) error {
	return s.fetch(ctx, "/restapi/v1.0/account/~/sites") // want-dead "listSites"
}

// Run runs all.
func Run(ctx context.Context) error {
	s := &syncer{base: "https://platform.ringcentral.com"}
	for _, step := range []func(context.Context) error{s.calls, s.contacts, s.messages} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}
