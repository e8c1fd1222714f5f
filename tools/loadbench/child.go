package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/pprof"
	"strconv"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// Roles of the child processes. A server prints the same export lines as gradtest emulator, and exits when its standard
// input is closed: when the measurement is over, or when the parent has been killed.
const (
	roleBare    = "child-bare"    // argument: size of the body
	roleLibrary = "child-library" // argument: file for a CPU profile, or none
	roleStart   = "child-start"   // prints the time to the first response in nanoseconds
)

// child runs the role that args name. It reports false if they name none.
func child(args []string) (bool, error) {
	if len(args) == 0 {
		return false, nil
	}
	signal.Ignore(os.Interrupt) // Ctrl-C reaches all processes; children exit with the parent
	switch args[0] {
	case roleBare:
		return true, serveBare(args[1])
	case roleLibrary:
		return true, serveLibrary(args[1])
	case roleStart:
		return true, startLibrary()
	}
	return false, nil
}

// serveBare answers every request with size bytes from a plain net/http handler.
func serveBare(size string) error {
	n, err := strconv.Atoi(size)
	if err != nil {
		return err
	}
	body := []byte(strings.Repeat("x", n))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(body))) // net/http sets it for short bodies alone
		_, _ = w.Write(body)
	})}
	go func() { _ = s.Serve(l) }()
	fmt.Printf("export RC_SERVER_URL=http://%s\n", l.Addr())
	_, err = io.Copy(io.Discard, os.Stdin)
	return errors.Join(err, s.Close())
}

// serveLibrary serves an emulator started by package rctest.
func serveLibrary(profile string) error {
	s, err := rctest.Start(rctest.Config{Limits: rctest.Unlimited()})
	if err != nil {
		return err
	}
	defer s.Close()
	if profile != "" {
		f, err := os.Create(profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	fmt.Printf("export RC_SERVER_URL=%s\nexport RC_APP_CLIENT_ID=%s\nexport RC_APP_CLIENT_SECRET=%s\nexport RC_USER_JWT=%s\n",
		s.URL, s.ClientID, s.ClientSecret, s.JWT)
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

// startLibrary prints the time from the call of Start to the first response, in a fresh process.
func startLibrary() error {
	began := time.Now()
	s, err := rctest.Start(rctest.Config{})
	if err != nil {
		return err
	}
	defer s.Close()
	if _, _, err := login(context.Background(), access{s.URL, s.ClientID, s.ClientSecret, s.JWT}); err != nil {
		return err
	}
	_, err = fmt.Println(time.Since(began).Nanoseconds())
	return err
}
