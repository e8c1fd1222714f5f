// Package rctest is an emulator of the RingCentral platform, shaped like net/http/httptest.
package rctest

import (
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Config of an emulator; the zero value is the platform as documented, with generated credentials and every scope.
type Config struct {
	ClientID     string
	ClientSecret string
	JWT          string
	Scopes       []rcapi.Scope       // granted to the app; nil: all
	Window       time.Duration       // sliding window and penalty of every group; zero: 60 s; whole seconds
	Limits       map[rcapi.Group]int // per window; nil: the documented figures; 0 for a group: unlimited
	Listener     net.Listener        // nil: a free loopback port
}

// Handler is the emulated platform.
type Handler struct{}

func NewHandler(cfg Config) (*Handler, error) { panic("stub") }

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { panic("stub") }

// Verdict is what the platform would say, computed from what the server saw by code of its own.
type Verdict struct {
	Ready bool
	// the owner adds the counts
}

func (h *Handler) Verdict() Verdict { panic("stub") }

// Server is a Handler that listens.
type Server struct {
	*Handler
	URL          string
	ClientID     string
	ClientSecret string
	JWT          string
}

// NewServer starts a server that closes with the test.
func NewServer(tb testing.TB, cfg ...Config) *Server { panic("stub") }

// Start starts a server outside tests; the caller closes it.
func Start(cfg Config) (*Server, error) { panic("stub") }

func (s *Server) Client() *http.Client { panic("stub") }
func (s *Server) Close()               { panic("stub") }
