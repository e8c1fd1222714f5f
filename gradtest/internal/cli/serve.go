package cli

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"
)

// listenOn listens on the address of the flag --addr.
func listenOn(ctx context.Context, addr string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("%w: choose another address with --addr, such as 127.0.0.1:0 for any free port", err)
	}
	return l, nil
}

// serveUntil serves until ctx ends.
func serveUntil(ctx context.Context, server *http.Server, l net.Listener) error {
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	shutdown(server)
	return nil
}

// shutdown ends the server, after 2 s also the connections that clients keep.
func shutdown(server *http.Server) {
	grace, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if server.Shutdown(grace) != nil {
		_ = server.Close()
	}
}

// address returns the base URL of a listener. A listener on all interfaces is reached by loopback.
func address(a net.Addr) string {
	if tcp, ok := a.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return fmt.Sprintf("http://127.0.0.1:%d", tcp.Port)
	}
	return "http://" + a.String()
}
