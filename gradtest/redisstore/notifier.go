package redisstore

import (
	"context"
	"encoding/json"
	"sync"

	"github.com/redis/go-redis/v9"
)

// notifier listens on a gate's channel for queued calls that may go. The first call that has to wait starts it.
type notifier struct {
	client  redis.UniversalClient
	channel string
	wake    func(calls map[string]int64) // µs from now at which each call may go, by id; nil: messages may have been lost

	mu     sync.Mutex
	sub    *redis.PubSub
	closed bool
	ended  chan struct{}
}

// start subscribes, unless that has been done. It does not wait for Redis: as soon as the subscription is in force,
// every queued call asks again.
func (n *notifier) start(ctx context.Context) error {
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

// listen ends when the subscription is closed. go-redis subscribes again after a lost connection or a failed attempt.
func (n *notifier) listen(ctx context.Context, sub *redis.PubSub, ended chan<- struct{}) {
	defer close(ended)
	_ = sub.Subscribe(ctx, n.channel)
	for h := range sub.ChannelWithSubscriptions() {
		switch m := h.(type) {
		case *redis.Subscription:
			n.wake(nil)
		case *redis.Message:
			var calls map[string]int64
			if json.Unmarshal([]byte(m.Payload), &calls) != nil {
				calls = nil
			}
			n.wake(calls)
		}
	}
}

// close unsubscribes and waits until wake is no longer called.
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
