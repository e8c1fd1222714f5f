// Package pageriter iterates over pages with generics.
package pageriter

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"strconv"
)

type page[T any] struct {
	Records []T
	Paging  struct{ TotalPages int }
}

func fetch[T any](ctx context.Context, url string) (p page[T], err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return p, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return p, err
	}
	defer resp.Body.Close()
	return p, json.NewDecoder(resp.Body).Decode(&p)
}

func all[T any](ctx context.Context, path string) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for n := 1; ; n++ {
			p, err := fetch[T](ctx, "https://platform.ringcentral.com"+path+"?page="+strconv.Itoa(n))
			if err != nil {
				var zero T
				yield(zero, err)
				return
			}
			for _, r := range p.Records {
				if !yield(r, nil) {
					return
				}
			}
			if n >= p.Paging.TotalPages {
				return
			}
		}
	}
}

// Run calls.
func Run(ctx context.Context) (n int) {
	for range all[string](ctx, "/restapi/v1.0/account/~/extension") { // want "listExtensions"
		n++
	}
	for range all[int](ctx, "/restapi/v1.0/account/~/call-queues") { // want "listCallQueues"
		n++
	}
	return n
}
