package redisstore

import (
	"context"
	"encoding/json"
	"sync"

	"github.com/redis/go-redis/v9"
)

// bell hears when calls in line are called. It is hung up by the first that has to wait.
type bell struct {
	client  redis.UniversalClient
	channel string
	ring    func(calls map[string]int64) // in how many µs each should ask, by id; nil: something may have been missed

	mu     sync.Mutex
	sub    *redis.PubSub
	closed bool
	ended  chan struct{}
}

// hang sees to it that calls are heard. It does not wait for Redis: once it hears, all that wait ask again.
func (b *bell) hang(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.closed:
		return ErrClosed
	case b.sub != nil:
		return nil
	}
	ctx = context.WithoutCancel(ctx)
	b.sub, b.ended = b.client.Subscribe(ctx), make(chan struct{})
	go b.listen(ctx, b.sub, b.ended)
	return nil
}

// listen ends when the subscription is closed. go-redis subscribes anew after each loss of the connection, and after a
// failure of the first attempt.
func (b *bell) listen(ctx context.Context, sub *redis.PubSub, ended chan<- struct{}) {
	defer close(ended)
	_ = sub.Subscribe(ctx, b.channel)
	for h := range sub.ChannelWithSubscriptions() {
		switch m := h.(type) {
		case *redis.Subscription:
			b.ring(nil)
		case *redis.Message:
			var calls map[string]int64
			if json.Unmarshal([]byte(m.Payload), &calls) != nil {
				calls = nil
			}
			b.ring(calls)
		}
	}
}

// close takes the bell down and waits until nothing rings any more.
func (b *bell) close() error {
	b.mu.Lock()
	b.closed = true
	sub, ended := b.sub, b.ended
	b.sub = nil
	b.mu.Unlock()
	if sub == nil {
		return nil
	}
	err := sub.Close()
	<-ended
	return err
}
