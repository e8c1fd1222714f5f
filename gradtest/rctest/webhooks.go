package rctest

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const (
	validationLimit = 3 * time.Second  // for the response to the validation request
	validationMost  = 1024             // size of that response in bytes, headers included
	deliveryLimit   = 10 * time.Second // for the response to a notification
	queueMost       = 10_000           // queued notifications per address; beyond that the oldest is dropped
	deliveriesKept  = 1000
)

// Delivery is a notification that the emulator has sent or tried to send.
type Delivery struct {
	Time         time.Time // when it was sent
	Address      string
	Subscription string // id
	Status       int    // of the response; 0: none
	Error        string // why there was no response; empty: there was one
	Body         []byte
}

// webhooks sends notifications: one at a time to each address, and to all addresses concurrently. It has a goroutine
// per address while notifications are queued. The zero value is ready for use.
type webhooks struct {
	clock     *clock
	transport http.RoundTripper

	mu      sync.Mutex
	waiting map[string][]world.Notification
	sent    []Delivery
}

// client returns a client that does not follow redirects.
func (s *webhooks) client(limit time.Duration) *http.Client {
	return &http.Client{
		Transport: s.transport, Timeout: limit,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// deliver queues a notification.
func (s *webhooks) deliver(n world.Notification) {
	s.mu.Lock()
	defer s.mu.Unlock()
	line, busy := s.waiting[n.Address]
	if len(line) >= queueMost {
		line = line[1:]
	}
	if s.waiting == nil {
		s.waiting = make(map[string][]world.Notification)
	}
	s.waiting[n.Address] = append(line, n)
	if !busy {
		go s.run(n.Address)
	}
}

// run sends the queued notifications of an address.
func (s *webhooks) run(address string) {
	for {
		s.mu.Lock()
		line := s.waiting[address]
		if len(line) == 0 {
			delete(s.waiting, address)
			s.mu.Unlock()
			return
		}
		n := line[0]
		s.waiting[address] = line[1:]
		s.mu.Unlock()
		d := s.send(n)
		s.mu.Lock()
		if s.sent = append(s.sent, d); len(s.sent) > deliveriesKept {
			s.sent = slices.Clone(s.sent[1:])
		}
		s.mu.Unlock()
	}
}

func (s *webhooks) send(n world.Notification) Delivery {
	d := Delivery{Time: s.clock.now(), Address: n.Address, Subscription: n.Subscription, Body: n.Body}
	if world.Reserved(n.Address) {
		d.Error = "not sent: the address is a name reserved for examples"
		return d
	}
	req, err := http.NewRequest(http.MethodPost, n.Address, bytes.NewReader(n.Body))
	if err != nil {
		d.Error = err.Error()
		return d
	}
	req.Header.Set("Content-Type", "application/json; charset=UTF-8")
	if n.Token != "" {
		req.Header.Set("Verification-Token", n.Token)
	}
	resp, err := s.client(deliveryLimit).Do(req)
	if err != nil {
		d.Error = err.Error()
		return d
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, validationMost)) // the content does not matter
	d.Status = resp.StatusCode
	return d
}

// validate sends the validation request to a new address. The receiver must return the token in a header.
func (s *webhooks) validate(_ *world.Request, address string) *world.Problem {
	refuse := func(code, message string) *world.Problem {
		return &world.Problem{Status: http.StatusBadRequest, Errors: []world.Error{{Code: code, Message: message}}}
	}
	ctx, cancel := context.WithTimeout(context.Background(), validationLimit)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, http.NoBody)
	if err != nil {
		return refuse("SUB-521", "WebHook is not reachable")
	}
	token := requestID()
	req.Header.Set("Validation-Token", token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := s.client(validationLimit).Do(req)
	if err != nil {
		return refuse("SUB-521", "WebHook is not reachable")
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, validationMost+1))
	var head bytes.Buffer
	_ = resp.Header.Write(&head) // a buffer cannot fail
	switch {
	case resp.StatusCode != http.StatusOK:
		return refuse("SUB-522", "WebHook responds with incorrect HTTP status. HTTP status is "+resp.Status)
	case resp.Header.Get("Validation-Token") != token:
		return refuse("SUB-520", "WebHook responds without the header Validation-Token, or with another value than it was sent")
	case err != nil || len(body)+head.Len() > validationMost:
		return refuse("SUB-525", "WebHook responds with more than 1024 bytes")
	}
	return nil
}

// Deliveries returns the latest 1,000 notifications in the order in which they were sent.
func (h *Handler) Deliveries() []Delivery {
	h.webhooks.mu.Lock()
	defer h.webhooks.mu.Unlock()
	return slices.Clone(h.webhooks.sent)
}
