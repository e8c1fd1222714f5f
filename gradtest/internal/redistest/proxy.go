package redistest

import (
	"bytes"
	"net"
	"sync"
	"time"
)

// Proxy forwards connections to a [Server] as a slow network would, and counts what passes. [Server.Proxy] returns one.
// It is safe for concurrent use.
type Proxy struct {
	Addr string

	delay time.Duration
	dial  func() (net.Conn, error)

	mu     sync.Mutex
	counts Counts
	open   map[net.Conn]bool
}

// Counts is what has passed through a [Proxy].
type Counts struct {
	Connections int
	Trips       int // requests that a client sent and waited for; a pipeline is one
	Renewals    int // of them, those that only renew leases, which depend on time and not on the number of calls
}

// Proxy starts a proxy that delays every byte by delay in each direction. It ends with the test.
func (s *Server) Proxy(delay time.Duration) *Proxy {
	s.tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		s.tb.Fatal(err)
	}
	p := &Proxy{
		Addr: l.Addr().String(), delay: delay, open: make(map[net.Conn]bool),
		dial: func() (net.Conn, error) { return net.Dial("tcp", s.Addr) },
	}
	go p.serve(l)
	s.tb.Cleanup(func() {
		_ = l.Close()
		p.mu.Lock()
		defer p.mu.Unlock()
		for c := range p.open {
			_ = c.Close()
		}
	})
	return p
}

// URL returns the URL of the server through the proxy, for GRADTEST_REDIS.
func (p *Proxy) URL() string { return "redis://" + p.Addr + "/0" }

// Counts returns what has passed since the last Counts.
func (p *Proxy) Counts() Counts {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.counts
	p.counts = Counts{}
	return c
}

func (p *Proxy) serve(l net.Listener) {
	for {
		client, err := l.Accept()
		if err != nil {
			return
		}
		server, err := p.dial()
		if err != nil {
			_ = client.Close()
			continue
		}
		p.mu.Lock()
		p.counts.Connections++
		p.open[client], p.open[server] = true, true
		p.mu.Unlock()
		c := &proxied{p: p, answered: true}
		go c.forward(client, server, c.request)
		go c.forward(server, client, c.reply)
	}
}

// proxied is one connection.
type proxied struct {
	p        *Proxy
	answered bool // the client has not sent anything since the server's last reply; guarded by p.mu
}

func (c *proxied) request(data []byte) {
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	if !c.answered {
		return
	}
	c.answered = false
	c.p.counts.Trips++
	if bytes.Contains(data, []byte("}:lease:")) && !bytes.Contains(bytes.ToLower(data), []byte("evalsha")) {
		c.p.counts.Renewals++
	}
}

func (c *proxied) reply([]byte) {
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	c.answered = true
}

// chunk is data on its way.
type chunk struct {
	data []byte
	due  time.Time
}

// forward copies from one connection to the other, each byte after the delay.
func (c *proxied) forward(from, to net.Conn, passes func([]byte)) {
	under := make(chan chunk, 1024)
	go func() {
		defer to.Close()
		for k := range under {
			time.Sleep(time.Until(k.due))
			passes(k.data)
			if _, err := to.Write(k.data); err != nil {
				break
			}
		}
		for range under { // the reader must not block
		}
	}()
	defer close(under)
	for {
		buffer := make([]byte, 16<<10)
		n, err := from.Read(buffer)
		if n > 0 {
			under <- chunk{buffer[:n], time.Now().Add(c.p.delay)}
		}
		if err != nil {
			return
		}
	}
}
