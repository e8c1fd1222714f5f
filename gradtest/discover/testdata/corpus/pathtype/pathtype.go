// Package pathtype has formats with a method.
package pathtype

import (
	"context"
	"fmt"
	"net/http"
)

type format string

const (
	callLog format = "/restapi/v1.0/account/%v/extension/%v/call-log"
	member  format = "/restapi/v1.0/account/%v/call-queues/%v/members"
)

func (f format) with(args ...any) string { return fmt.Sprintf(string(f), args...) }

type verb func(ctx context.Context, path string) (*http.Response, error)

type api struct{ get, put verb }

func newAPI(base string) api {
	make := func(method string) verb {
		return func(ctx context.Context, path string) (*http.Response, error) {
			req, err := http.NewRequestWithContext(ctx, method, base+path, nil)
			if err != nil {
				return nil, err
			}
			return http.DefaultClient.Do(req)
		}
	}
	return api{get: make(http.MethodGet), put: make(http.MethodPut)}
}

// Run calls.
func Run(ctx context.Context, id int) {
	a := newAPI("https://platform.ringcentral.com")
	a.get(ctx, callLog.with("~", "~"))                         // want "readUserCallLog"
	a.get(ctx, member.with("~", id))                           // want "listCallQueueMembers"
	a.put(ctx, "/restapi/v1.0/account/~/extension/~/presence") // want "updateUserPresenceStatus"
}
