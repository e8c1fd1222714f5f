//go:build !gradtest_live

package target

import (
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// startEmulator is the only use of the emulator, because the emulator is most of what a test binary has to compile and
// link for gradtest; tools/weight prints the figures.
func startEmulator(scopes []rcapi.Scope) (served, error) {
	server, err := rctest.Embed(rctest.Config{Scopes: scopes, Window: emulatorWindow})
	if err != nil {
		return served{}, fmt.Errorf("gradtest: the embedded emulator does not start: %w", err)
	}
	return served{
		url: server.URL, stop: server.Close,
		declare:     server.Declare,
		credentials: Credentials{server.ClientID, server.ClientSecret, server.JWT},
		again:       func(url string) (string, func(), error) { return serveAgain(server.Handler, url) },
	}, nil
}

// serveAgain serves an emulator that was stopped, at its former address if that is still free.
func serveAgain(h http.Handler, url string) (string, func(), error) {
	l, err := net.Listen("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		l, err = net.Listen("tcp", "127.0.0.1:0")
	}
	if err != nil {
		return "", nil, fmt.Errorf("gradtest: the embedded emulator cannot listen on 127.0.0.1: "+
			"allow loopback connections: %w", err)
	}
	server, done := &http.Server{Handler: h}, make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(l) // ends with ErrServerClosed
	}()
	return "http://" + l.Addr().String(), func() { _ = server.Close(); <-done }, nil
}
