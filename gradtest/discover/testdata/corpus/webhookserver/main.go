// Package main renews a webhook subscription and answers events; the event filters are no calls.
package main

import (
	"bytes"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
	"time"
)

var filters = []string{
	"/restapi/v1.0/account/~/extension/~/presence",
	"/restapi/v1.0/account/~/extension/~/message-store/instant?type=SMS",
}

type event struct {
	UUID  string
	Event string
	Body  json.RawMessage
}

type server struct {
	base, callback, sub string
	mux                 *http.ServeMux
}

func (s *server) do(method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequest(method, s.base+path, body)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if out == nil {
		return nil
	}
	return json.NewDecoder(resp.Body).Decode(out)
}

func (s *server) subscribe() error {
	var created struct{ ID string }
	err := s.do("POST", "/restapi/v1.0/subscription", map[string]any{ // want "createSubscription"
		"eventFilters": filters, "deliveryMode": map[string]string{"transportType": "WebHook", "address": s.callback},
	}, &created)
	s.sub = created.ID
	return err
}

func (s *server) renew() error {
	return s.do("POST", "/restapi/v1.0/subscription/"+s.sub+"/renew", nil, nil) // want "renewSubscription"
}

func (s *server) event(w http.ResponseWriter, r *http.Request) {
	if v := r.Header.Get("Validation-Token"); v != "" {
		w.Header().Set("Validation-Token", v)
		return
	}
	var e event
	if err := json.NewDecoder(r.Body).Decode(&e); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if e.Event == filters[1] {
		var m struct{ ID string }
		json.Unmarshal(e.Body, &m)
		s.do("PUT", "/restapi/v1.0/account/~/extension/~/message-store/"+m.ID, map[string]string{"readStatus": "Read"}, nil) // want "updateMessage"
	}
}

func main() {
	s := &server{base: "https://platform.ringcentral.com", callback: os.Getenv("CALLBACK"), mux: http.NewServeMux()}
	if err := s.subscribe(); err != nil {
		log.Fatal(err)
	}
	defer s.do("DELETE", "/restapi/v1.0/subscription/"+s.sub, nil, nil) // want "deleteSubscription"
	go func() {
		for range time.Tick(time.Hour) {
			if err := s.renew(); err != nil {
				log.Print(err)
			}
		}
	}()
	s.mux.HandleFunc("POST /events", s.event)
	log.Print(http.ListenAndServe(":8080", s.mux))
}
