// Package main sends files with several parts and reads content URIs.
package main

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"os"
)

type message struct {
	Attachments []struct{ URI string }
}

var api = struct {
	base       string
	sms, store string
}{
	base:  "https://platform.ringcentral.com/restapi/v1.0/account/~/extension/~",
	sms:   "/sms",
	store: "/message-store/",
}

func send(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	pr, pw := io.Pipe()
	m := multipart.NewWriter(pw)
	go func() {
		part, _ := m.CreateFormFile("attachment", file)
		io.Copy(part, f)
		pw.CloseWithError(m.Close())
	}()
	resp, err := http.Post(api.base+api.sms, m.FormDataContentType(), pr) // want "createSMSMessage"
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func attachments(id string) error {
	resp, err := http.Get(api.base + api.store + id) // want "readMessage"
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var msg message
	if err := json.NewDecoder(resp.Body).Decode(&msg); err != nil {
		return err
	}
	for _, a := range msg.Attachments {
		r, err := http.NewRequest("GET", a.URI, bytes.NewReader(nil)) // want-unresolved "{}"
		if err != nil {
			return err
		}
		http.DefaultClient.Do(r)
	}
	return nil
}

func main() {
	send(os.Args[1])
	attachments(os.Args[2])
}
