// Package main builds requests step by step.
package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

type RB struct {
	method string
	parts  []string
	body   any
	params map[string]string
}

func RC() *RB {
	return &RB{method: "GET", parts: []string{"restapi", "v1.0"}, params: map[string]string{}}
}
func (b *RB) Account(id string) *RB   { b.parts = append(b.parts, "account", id); return b }
func (b *RB) Extension(id string) *RB { b.parts = append(b.parts, "extension", id); return b }
func (b *RB) Segment(s ...string) *RB { b.parts = append(b.parts, s...); return b }
func (b *RB) Param(k, v string) *RB   { b.params[k] = v; return b }
func (b *RB) Post(body any) *RB       { b.method, b.body = "POST", body; return b }
func (b *RB) Put(body any) *RB        { b.method, b.body = "PUT", body; return b }

func (b *RB) Do(c *http.Client) (*http.Response, error) {
	var body bytes.Buffer
	if b.body != nil {
		if err := json.NewEncoder(&body).Encode(b.body); err != nil {
			return nil, err
		}
	}
	req, err := http.NewRequest(b.method, "https://platform.ringcentral.com/"+strings.Join(b.parts, "/"), &body)
	if err != nil {
		return nil, err
	}
	q := req.URL.Query()
	for k, v := range b.params {
		q.Set(k, v)
	}
	req.URL.RawQuery = q.Encode()
	return c.Do(req)
}

func main() {
	c := http.DefaultClient
	RC().Account("~").Extension("~").Segment("call-log").Param("view", "Detailed").Do(c)             // want "readUserCallLog"
	RC().Account("~").Extension("~").Segment("sms").Post(map[string]any{}).Do(c)                     // want "createSMSMessage"
	RC().Account("~").Extension(strconv.Itoa(7)).Segment("message-store", "1").Put(struct{}{}).Do(c) // want "updateMessage"
}
