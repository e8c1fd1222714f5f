package redisstore

import (
	"context"
	"encoding/json"
	"sync"

	"github.com/redis/go-redis/v9"
)

// bell hears when calls in line are called. It is hung up by the first that has to wait.
type notifier struct {
	client  redis.UniversalClient
	channel string
	ring    func(calls map[string]int64) // in how many µs each should ask, by id; nil: something may have been missed

	mu     sync.Mutex
	sub    *redis.PubSub
	closed bool
	ended  chan struct{}
}

// hang sees to it that calls are heard. It does not wait for Redis: once it hears, all that wait ask again.
func (n *notifier) hang(ctx context.Context) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	switch {
	case n.closed:
		return ErrClosed
	case n.sub != nil:
		return nil
	}
	ctx = context.WithoutCancel(ctx)
	n.sub, n.ended = n.client.Subscribe(ctx), make(chan struct{})
	go n.listen(ctx, n.sub, n.ended)
	return nil
}

// listen ends when the subscription is closed. go-redis subscribes anew after each loss of the connection, and after a
// failure of the first attempt.
func (n *notifier) listen(ctx context.Context, sub *redis.PubSub, ended chan<- struct{}) {
	defer close(ended)
	_ = sub.Subscribe(ctx, n.channel)
	for h := range sub.ChannelWithSubscriptions() {
		switch m := h.(type) {
		case *redis.Subscription:
			n.ring(nil)
		case *redis.Message:
			var calls map[string]int64
			if json.Unmarshal([]byte(m.Payload), &calls) != nil {
				calls = nil
			}
			n.ring(calls)
		}
	}
}

// close takes the bell down and waits until nothing rings any more.
func (n *notifier) close() error {
	n.mu.Lock()
	n.closed = true
	sub, ended := n.sub, n.ended
	n.sub = nil
	n.mu.Unlock()
	if sub == nil {
		return nil
	}
	err := sub.Close()
	<-ended
	return err
}
