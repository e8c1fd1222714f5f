// Package multiline spreads calls over lines.
package multiline

import (
	"context"
	"fmt"
	"net/http"
)

func do(
	ctx context.Context,
	method string,
	path string,
	args ...any,
) error {
	req, err := http.NewRequestWithContext(
		ctx,
		method,
		"https://platform.ringcentral.com"+fmt.Sprintf(path, args...),
		nil,
	)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// Run calls.
func Run(ctx context.Context, id string) error {
	if err := do(ctx, "GET", "/restapi/v1.0/account/%s/extension/%s/grant", "~", id); err != nil { // want "listExtensionGrants"
		return err
	}
	return do( // want "readIVRMenu"
		ctx,
		http.MethodGet,
		"/restapi/v1.0/account/%s/ivr-menus/%d",
		"~", 5,
	)
}
