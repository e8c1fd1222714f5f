// Package channels sends jobs to workers.
package channels

import (
	"net/http"
	"sync"
)

type job struct{ method, path string }

func worker(jobs <-chan job, wg *sync.WaitGroup) {
	defer wg.Done()
	for j := range jobs {
		req, _ := http.NewRequest(j.method, "https://platform.ringcentral.com"+j.path, nil) // want "listMessages" "createSMSMessage"
		http.DefaultClient.Do(req)
	}
}

// Run calls.
func Run() {
	jobs := make(chan job)
	var wg sync.WaitGroup
	wg.Add(1)
	go worker(jobs, &wg)
	jobs <- job{"GET", "/restapi/v1.0/account/~/extension/~/message-store"}
	jobs <- job{"POST", "/restapi/v1.0/account/~/extension/~/sms"}
	close(jobs)
	wg.Wait()
}
