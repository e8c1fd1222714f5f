// Package main calls in handlers that are closures over a client.
package main

import (
	"net/http"
	"os"
)

type client struct{ base string }

func (c *client) post(path string) error {
	_, err := http.Post(c.base+path, "application/json", nil)
	return err
}

func sendHandler(c *client) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := c.post("/restapi/v1.0/account/~/extension/~/sms"); err != nil { // want "createSMSMessage"
			http.Error(w, err.Error(), http.StatusBadGateway)
		}
	}
}

type server struct{ rc *client }

func (s *server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /call", s.call)
	mux.Handle("POST /sms", sendHandler(s.rc))
	return mux
}

func (s *server) call(w http.ResponseWriter, r *http.Request) {
	s.rc.post("/restapi/v1.0/account/~/extension/" + r.FormValue("ext") + "/ring-out") // want "createRingOutCall"
}

func (s *server) legacy(w http.ResponseWriter, r *http.Request) {
	s.rc.post("/restapi/v1.0/account/~/extension/~/fax") // want-dead "createFaxMessage"
}

func main() {
	s := &server{rc: &client{base: os.Getenv("RINGCENTRAL_SERVER_URL")}}
	http.ListenAndServe(":8080", s.routes())
}
