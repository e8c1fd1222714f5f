// Package main iterates over pages with range over functions.
package main

import (
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
)

type page struct {
	Records    []json.RawMessage
	Navigation struct{ NextPage *struct{ URI string } }
}

func fetch(url string) (p page, err error) {
	resp, err := http.Get(url)
	if err != nil {
		return p, err
	}
	defer resp.Body.Close()
	return p, json.NewDecoder(resp.Body).Decode(&p)
}

func pages(path string) iter.Seq2[page, error] {
	return func(yield func(page, error) bool) {
		for n := 1; ; n++ {
			p, err := fetch(fmt.Sprintf("https://platform.ringcentral.com%s?page=%d", path, n))
			if !yield(p, err) || err != nil || p.Navigation.NextPage == nil {
				return
			}
		}
	}
}

func records(seq iter.Seq2[page, error]) iter.Seq[json.RawMessage] {
	return func(yield func(json.RawMessage) bool) {
		for p := range seq {
			for _, r := range p.Records {
				if !yield(r) {
					return
				}
			}
		}
	}
}

func main() {
	for r := range records(pages("/restapi/v1.0/account/~/extension")) { // want "listExtensions"
		fmt.Println(string(r))
	}
	for p, err := range pages("/restapi/v1.0/account/~/call-queues") { // want "listCallQueues"
		fmt.Println(p, err)
	}
}
