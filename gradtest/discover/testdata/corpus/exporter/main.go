// Package main is a metrics exporter with collectors.
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"
	"time"
)

type Collector interface {
	Name() string
	Collect(get func(path string, into any) error) (float64, error)
}

type queues struct{}

func (queues) Name() string { return "queues" }
func (queues) Collect(get func(string, any) error) (float64, error) {
	var v struct {
		Paging struct{ TotalElements float64 }
	}
	err := get("/account/~/call-queues", &v) // want "listCallQueues"
	return v.Paging.TotalElements, err
}

type active struct{ scope string }

func (a active) Name() string { return "active_" + a.scope }
func (a active) Collect(get func(string, any) error) (float64, error) {
	path := "/account/~"
	if a.scope == "user" {
		path += "/extension/~"
	}
	var v struct{ Records []json.RawMessage }
	err := get(path+"/active-calls", &v)
	return float64(len(v.Records)), err
}

func getter(server, token string) func(string, any) error {
	client := &http.Client{Timeout: 10 * time.Second}
	return func(path string, into any) error {
		req, err := http.NewRequest(http.MethodGet, server+"/restapi/v1.0"+path, http.NoBody)
		if err != nil {
			return err
		}
		req.Header.Set("Authorization", "Bearer "+token)
		resp, err := client.Do(req)
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		return json.NewDecoder(resp.Body).Decode(into)
	}
}

var collectors = []Collector{queues{}, active{"user"}, active{"company"}}

func main() {
	get := getter(os.Getenv("RC_SERVER_URL"), os.Getenv("TOKEN"))
	http.HandleFunc("/metrics", func(w http.ResponseWriter, r *http.Request) {
		for _, c := range collectors {
			v, err := c.Collect(get) // want "listCompanyActiveCalls" "listExtensionActiveCalls"
			if err != nil {
				log.Print(err)
				continue
			}
			json.NewEncoder(w).Encode(map[string]float64{c.Name(): v})
		}
	})
	log.Fatal(http.ListenAndServe(":9100", nil))
}
