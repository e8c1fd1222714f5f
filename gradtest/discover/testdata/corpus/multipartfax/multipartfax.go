// Package multipartfax sends a fax.
package multipartfax

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"os"
)

// Send sends it.
func Send(to string) error {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	w.WriteField("to", to)
	w.Close()
	req, err := http.NewRequest(http.MethodPost, os.Getenv("RINGCENTRAL_SERVER_URL")+"/restapi/v1.0/account/~/extension/~/fax", &body) // want "createFaxMessage"
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", w.FormDataContentType())
	_, err = http.DefaultClient.Do(req)
	return err
}
