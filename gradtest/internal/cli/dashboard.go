package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/dashboard"
)

// liveServer holds the flags of dashboard.
type liveServer struct {
	judgeFlags
	addr    string
	network bool
	hosts   []string
}

func newDashboard(getenv func(string) string) *cobra.Command {
	s := liveServer{judgeFlags: judgeFlags{getenv: getenv}}
	c := &cobra.Command{
		Use:   "dashboard",
		Short: "Serve the report as a page that follows the tests while they run",
		Long: `Serves the report page on this machine until interrupted. The page follows the evidence: what
any test, on this machine or through Redis on another, records shows about a second later,
with the progress of the sweep and the time that is left in each group of the rate limits.
Open folds, order, filter and what is on screen stay as they are.

Standard output receives the address and nothing else. The evidence is only read. Anyone who
can reach the port can read the page: it listens on a loopback address unless
--allow-network is given, and answers only requests that are addressed to it and that no
other site's page has sent.

Programs read /report.json and /progress.json, and follow /events (server-sent events).

Exit status: 0 interrupted, 2 error.`,
		Example: `  gradtest dashboard
  gradtest dashboard --addr 127.0.0.1:8090 --policy strictest
  gradtest dashboard --addr 0.0.0.0:8090 --allow-network --host build.example.com`,
		Args: plain,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			context.AfterFunc(ctx, stop) // a second interrupt ends the program at once
			if err := s.serve(ctx, c); err != nil {
				return fmt.Errorf("dashboard: %w", err)
			}
			return nil
		},
	}
	s.choiceFlags(c)
	s.policyFlag(c)
	f := c.Flags()
	f.StringVar(&s.addr, "addr", "127.0.0.1:0", "`address` to listen on; port 0 is any free one")
	f.BoolVar(&s.network, "allow-network", false, "listen on an address that other machines can reach (default false)")
	f.StringSliceVar(&s.hosts, "host", nil,
		"`name` by which browsers address the server besides localhost and its own address; may be repeated")
	return c
}

// serve serves until ctx ends.
func (s *liveServer) serve(ctx context.Context, c *cobra.Command) (err error) {
	policy := criteria.Policy{}
	if s.policy != "" {
		if policy, err = criteria.ByName(s.policy); err != nil {
			return err
		}
	}
	chosen, err := s.choose(ctx, time.Now())
	if err != nil {
		return err
	}
	l, err := s.listen(ctx)
	if err != nil {
		return err
	}
	defer l.Close() // again after the server has closed it
	d, err := chosen.in.read(ctx, chosen.dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	h, err := dashboard.New(ctx, dashboard.Config{
		Store: d, Origin: chosen.dir, App: chosen.name(), Policy: policy, Hosts: s.hosts,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	server := &http.Server{Handler: h, ReadHeaderTimeout: time.Minute}
	server.RegisterOnShutdown(func() { _ = h.Close() }) // ends the streams, which would keep it from ending
	if _, err := fmt.Fprintln(c.OutOrStdout(), address(l.Addr())+"/"); err != nil {
		return fmt.Errorf("write the address: %w", err)
	}
	return serveUntil(ctx, server, l)
}

// listen refuses addresses that other machines can reach, unless that is wanted.
func (s *liveServer) listen(ctx context.Context) (net.Listener, error) {
	l, err := listenOn(ctx, s.addr)
	if err != nil {
		return nil, err
	}
	if tcp, ok := l.Addr().(*net.TCPAddr); ok && !tcp.IP.IsLoopback() && !s.network {
		return nil, errors.Join(fmt.Errorf("other machines can reach %s and read the page: use a loopback address such as "+
			"127.0.0.1:0, or add --allow-network", s.addr), l.Close())
	}
	return l, nil
}
