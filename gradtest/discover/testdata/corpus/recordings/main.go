// Package main downloads recordings: it follows navigation links and content URIs.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
)

type recording struct {
	ID         string `json:"id"`
	ContentURI string `json:"contentUri"`
}

type response struct {
	Records    []struct{ Recording *recording }
	Navigation struct {
		NextPage struct{ URI string }
	}
}

type fetcher struct {
	token string
	host  *url.URL
}

func (f fetcher) get(u string) (*http.Response, error) {
	req, err := http.NewRequest("GET", u, nil) // want-unresolved "{}"
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+f.token)
	return http.DefaultClient.Do(req)
}

func (f fetcher) page(u string) (r response, err error) {
	resp, err := f.get(u)
	if err != nil {
		return r, err
	}
	defer resp.Body.Close()
	err = json.NewDecoder(resp.Body).Decode(&r)
	return r, err
}

func (f fetcher) all(day string) error {
	u := *f.host
	u.Path = "/restapi/v1.0/account/~/call-log"
	u.RawQuery = url.Values{"withRecording": {"true"}, "dateFrom": {day}}.Encode()
	for next := u.String(); next != ""; {
		p, err := f.page(next) // want "readCompanyCallLog"
		if err != nil {
			return err
		}
		for _, r := range p.Records {
			if r.Recording == nil {
				continue
			}
			if err := f.save(r.Recording); err != nil {
				return err
			}
		}
		next = p.Navigation.NextPage.URI
	}
	return nil
}

func (f fetcher) save(r *recording) error {
	content := f.host.JoinPath("restapi/v1.0/account/~/recording", r.ID, "content")
	resp, err := f.get(content.String()) // want "readCallRecordingContent"
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	out, err := os.Create(filepath.Join("out", r.ID+".mp3"))
	if err != nil {
		return err
	}
	defer out.Close()
	_, err = io.Copy(out, resp.Body)
	return err
}

func main() {
	host, err := url.Parse("https://platform.ringcentral.com")
	if err != nil {
		panic(err)
	}
	fmt.Println(fetcher{os.Getenv("TOKEN"), host}.all(os.Args[1]))
}
