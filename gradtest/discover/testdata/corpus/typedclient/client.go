// Package main is a generated client in the style of go-swagger: operations with params objects and a runtime.
package main

import (
	"context"
	"net/http"
	"strings"
)

type ClientOperation struct {
	ID, Method, PathPattern string
	Params                  RequestWriter
	Context                 context.Context
}

type RequestWriter interface {
	WriteToRequest(*Request) error
}

type Request struct {
	path   map[string]string
	query  map[string]string
	method string
}

func (r *Request) SetPathParam(name, value string) { r.path[name] = value }

type Runtime struct {
	Host, BasePath string
	Schemes        []string
	client         *http.Client
}

func (r *Runtime) Submit(op *ClientOperation) (*http.Response, error) {
	req := &Request{path: map[string]string{}, method: op.Method}
	if err := op.Params.WriteToRequest(req); err != nil {
		return nil, err
	}
	p := op.PathPattern
	for k, v := range req.path {
		p = strings.Replace(p, "{"+k+"}", v, -1)
	}
	hr, err := http.NewRequestWithContext(op.Context, op.Method, r.Schemes[0]+"://"+r.Host+r.BasePath+p, nil)
	if err != nil {
		return nil, err
	}
	return r.client.Do(hr)
}
