// Command claimbench measures what several processes on one ledger send together: every process runs the same sweep
// against one emulator, and the emulator counts.
//
//	go run ./tools/claimbench
//	go run -tags gradtest_redis ./tools/claimbench -redis redis://127.0.0.1:6379/0
//
// The app needs 61 calls, 5 of them SMS, at 50/40/10 calls per 3 s; 15 heavy calls make 3 s the least time. Each row
// prints the calls sent, the SMS sent, the answers 429, and the time from the first process's start to the last one's
// end. Then come the time that one more process takes, which finds nothing missing, the least possible time with it,
// and how many times that the processes took. With -kills some processes are killed while they work; each may cost the
// call that it had in flight.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// window is the emulator's sliding window.
const window = 3 * time.Second

func main() {
	if os.Getenv(workerVariable) != "" {
		work()
		return
	}
	log.SetFlags(0)
	processes := flag.String("processes", "1,2,4,8,16,32", "how many processes, as a `list`")
	apart := flag.Duration("apart", 0, "pause between the starts of two processes")
	kills := flag.Int("kills", 0, "how many processes to kill and start again while they work")
	redis := flag.String("redis", "", "redis:// `URL` instead of a directory; needs -tags gradtest_redis")
	flag.Parse()
	fmt.Println("processes  calls  sms  429s  seconds  start-up  minimum  ratio")
	for _, text := range strings.Split(*processes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 1 {
			log.Fatalf("claimbench: -processes %q: write numbers with commas, such as 2,4,8", *processes)
		}
		r, err := measure(n, *apart, *kills, *redis)
		if err != nil {
			log.Fatal("claimbench: ", err)
		}
		least := r.startUp + minimum
		fmt.Printf("%9d  %5d  %3d  %4d  %7.2f  %8.2f  %7.2f  %5.2f\n",
			n, r.calls, r.sms, r.refused, r.took.Seconds(), r.startUp.Seconds(), least.Seconds(), r.took.Seconds()/least.Seconds())
	}
}

// result is one row.
type result struct {
	calls, sms, refused int
	took                time.Duration
	startUp             time.Duration // of a process that finds nothing missing
}

// minimum is the least time that the calls take: the token, the first heavy call, and the eleventh of them, which
// leaves one window after the response to the first. A call and its response take 30 ms on the average.
const minimum = window + 3*(minDelay+maxDelay)/2

// measure runs n processes on a new ledger.
func measure(n int, apart time.Duration, kills int, redis string) (r result, err error) {
	server, err := rctest.Start(rctest.Config{Window: window, Scopes: scopes()})
	if err != nil {
		return r, err
	}
	defer server.Close()
	dir, err := os.MkdirTemp("", "claimbench")
	if err != nil {
		return r, err
	}
	defer os.RemoveAll(dir)
	env := append(os.Environ(), workerVariable+"=1", "RC_SERVER_URL="+server.URL, "RC_APP_CLIENT_ID="+server.ClientID,
		"RC_APP_CLIENT_SECRET="+server.ClientSecret, "RC_USER_JWT="+server.JWT, "GRADTEST_DIR="+dir, "GRADTEST_REDIS="+redis)
	start := time.Now()
	var all sync.WaitGroup
	var mu sync.Mutex
	var faults []string
	for i := range n {
		all.Go(func() {
			time.Sleep(time.Duration(i) * apart)
			for again := kills; ; again-- {
				ctx, cancel := context.WithCancel(context.Background())
				if i > 0 && again > 0 { // the first process lives
					time.AfterFunc(100*time.Millisecond+rand.N(2*time.Second), cancel)
				}
				c := exec.CommandContext(ctx, os.Args[0])
				c.Env = env
				out, err := c.CombinedOutput()
				killed := ctx.Err() != nil
				cancel()
				if killed {
					continue
				}
				if err != nil {
					mu.Lock()
					faults = append(faults, string(out))
					mu.Unlock()
				}
				return
			}
		})
	}
	all.Wait()
	r.took = time.Since(start)
	start = time.Now()
	c := exec.Command(os.Args[0])
	c.Env = env
	if out, err := c.CombinedOutput(); err != nil {
		return r, fmt.Errorf("the process that finds nothing missing failed: %s", out)
	}
	r.startUp = time.Since(start)
	for _, c := range server.Calls() {
		if strings.HasPrefix(c.Path, "/restapi/oauth/") {
			continue
		}
		r.calls++
		if strings.HasSuffix(c.Path, "/sms") {
			r.sms++
		}
		if c.Status == 429 {
			r.refused++
		}
	}
	if len(faults) > 0 {
		return r, fmt.Errorf("a process failed: %s", faults[0])
	}
	return r, nil
}

func scopes() (all []rcapi.Scope) {
	seen := map[rcapi.Scope]bool{"": true}
	for _, e := range endpoints() {
		if !seen[e.Op.Scope] {
			seen[e.Op.Scope] = true
			all = append(all, e.Op.Scope)
		}
	}
	return all
}
