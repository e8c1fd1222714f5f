// Package main is in the style of a Terraform provider: resources with CRUD functions in a map of schemas.
package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
)

type ResourceData struct{ id string }

func (d *ResourceData) Id() string { return d.id }

type CRUD func(ctx context.Context, d *ResourceData, meta any) error

type Resource struct{ Create, Read, Update, Delete CRUD }

type Provider struct {
	ResourcesMap map[string]*Resource
	Configure    func() any
}

type api struct{ url string }

func (a *api) request(ctx context.Context, verb, path string, payload string) error {
	r, err := http.NewRequestWithContext(ctx, verb, strings.TrimRight(a.url, "/")+path, strings.NewReader(payload))
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(r)
	return err
}

const extensions = "/restapi/v1.0/account/~/extension"

func extensionResource() *Resource {
	return &Resource{
		Create: func(ctx context.Context, d *ResourceData, meta any) error {
			return meta.(*api).request(ctx, http.MethodPost, extensions, "{}") // want "createExtension"
		},
		Read:   extensionRead,
		Update: extensionUpdate,
		Delete: func(ctx context.Context, d *ResourceData, meta any) error {
			return meta.(*api).request(ctx, http.MethodDelete, extensions+"/"+d.Id(), "") // want "deleteExtension"
		},
	}
}

func extensionRead(ctx context.Context, d *ResourceData, meta any) error {
	client := meta.(*api)
	return client.request(ctx, http.MethodGet, fmt.Sprintf("%s/%s", extensions, d.Id()), "") // want "readExtension"
}

func extensionUpdate(ctx context.Context, d *ResourceData, meta any) error {
	if err := meta.(*api).request(ctx, http.MethodPut, fmt.Sprintf("%s/%s", extensions, d.Id()), "{}"); err != nil { // want "updateExtension"
		return err
	}
	return extensionRead(ctx, d, meta)
}

func New() *Provider {
	return &Provider{
		ResourcesMap: map[string]*Resource{"ringcentral_extension": extensionResource()},
		Configure:    func() any { return &api{url: "https://platform.ringcentral.com/"} },
	}
}

func main() {
	p := New()
	meta := p.Configure()
	for _, r := range p.ResourcesMap {
		for _, f := range []CRUD{r.Create, r.Read, r.Update, r.Delete} {
			f(context.Background(), &ResourceData{"1"}, meta)
		}
	}
}
