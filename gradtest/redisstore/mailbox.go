package redisstore

import (
	"context"
	"sync"

	"github.com/redis/go-redis/v9"
)

// mailbox receives the messages on the channels of a store, over one connection. The first one who listens opens it.
type mailbox struct {
	client redis.UniversalClient

	mu     sync.Mutex
	sub    *redis.PubSub
	closed bool
	ended  chan struct{}
	handle map[string]func(message string) // by channel
}

// listen calls handle with each message on a channel, and with "" when messages may have been lost: when the
// subscription is in force, for the first time or again. It does not wait for Redis. Of several calls for one channel
// the first counts.
func (m *mailbox) listen(ctx context.Context, channel string, handle func(message string)) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.closed:
		return ErrClosed
	case m.handle[channel] != nil:
		return nil
	case m.handle == nil:
		m.handle = make(map[string]func(string))
	}
	m.handle[channel] = handle
	ctx = context.WithoutCancel(ctx)
	first := m.sub == nil
	if first {
		m.sub, m.ended = m.client.Subscribe(ctx), make(chan struct{})
	}
	go func(sub *redis.PubSub, ended chan<- struct{}) {
		_ = sub.Subscribe(ctx, channel) // go-redis tries again by itself, as after a lost connection
		if first {
			m.receive(sub, ended)
		}
	}(m.sub, m.ended)
	return nil
}

// receive ends when the subscription is closed.
func (m *mailbox) receive(sub *redis.PubSub, ended chan<- struct{}) {
	defer close(ended)
	for got := range sub.ChannelWithSubscriptions() {
		switch got := got.(type) {
		case *redis.Subscription:
			m.pass(got.Channel, "")
		case *redis.Message:
			m.pass(got.Channel, got.Payload)
		}
	}
}

func (m *mailbox) pass(channel, message string) {
	m.mu.Lock()
	handle := m.handle[channel]
	m.mu.Unlock()
	if handle != nil {
		handle(message)
	}
}

// close unsubscribes and waits until nothing is passed on any more.
func (m *mailbox) close() error {
	m.mu.Lock()
	m.closed = true
	sub, ended := m.sub, m.ended
	m.sub = nil
	m.mu.Unlock()
	if sub == nil {
		return nil
	}
	err := sub.Close()
	<-ended
	return err
}
