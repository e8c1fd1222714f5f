// Package genericclient decodes with generics.
package genericclient

import (
	"context"
	"encoding/json"
	"net/http"
)

type extension struct{ ID int }
type list[T any] struct{ Records []T }

func fetch[T any](ctx context.Context, method, path string) (out T, err error) {
	req, err := http.NewRequestWithContext(ctx, method, "https://platform.ringcentral.com"+path, nil)
	if err != nil {
		return out, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return out, err
	}
	defer resp.Body.Close()
	return out, json.NewDecoder(resp.Body).Decode(&out)
}

func page[T any](ctx context.Context, path string) (list[T], error) {
	return fetch[list[T]](ctx, "GET", path+"?perPage=100")
}

type resource[T any] struct{ path string }

func (r resource[T]) read(ctx context.Context, id string) (T, error) {
	return fetch[T](ctx, "GET", r.path+"/"+id)
}

// Run reads.
func Run(ctx context.Context) {
	page[extension](ctx, "/restapi/v1.0/account/~/extension")          // want "listExtensions"
	fetch[extension](ctx, "POST", "/restapi/v1.0/account/~/extension") // want "createExtension"
	sites := resource[extension]{path: "/restapi/v1.0/account/~/sites"}
	sites.read(ctx, "main") // want "readSite"
}
