package ledger

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// Store keeps records. [Memory] and [Dir] are stores, and so is redisstore.Store.
//
// # Writing a Store
//
// Implement the two methods so that they are safe for concurrent use, give the store those of the optional abilities
// below that it can have, and run the suite of package storetest over it; nothing else in gradtest needs to know the
// new type. Set it as gradtest.App.Store.
//
//   - [Gater]: the limits hold for all processes on the store. Without it they hold within one process.
//   - [Claimer]: any number of processes send exactly the calls that are missing. Without it, processes that run at the
//     same time send more.
//   - [Follower]: a running sweep sees the calls of other processes. Without it two sweeps at the same time may both
//     send what one of them would have sent.
//   - [WaitNotifier]: a long wait for another process is said. Without it the program seems to hang.
//   - rcauth.TokenCacher: all processes use one access token. Without it each requests its own.
//   - [Surveyor], [Verifier] and [Pruner]: what the command needs for status, verify and prune. Package gradtest works
//     without them.
//   - io.Closer, for a store that holds files or connections.
//
// # Errors of a Store
//
// Callers distinguish three classes with [errors.Is]: [ErrDamaged], which is about one record, [ErrClosed] and
// [ErrUnavailable]. An error that matches none of them is treated as one that affects the whole store.
type Store interface {
	// Append returns when the records are durable, all of them or none. Records of kinds [Done] and [Declared] survive
	// a loss of power. The others need only survive the death of the process, because every window has passed before
	// the machine is up again. Append fails with an [*InvalidError] for a record that must not be kept.
	Append(ctx context.Context, r ...Record) error

	// Records yields every record whose At is not before since (zero: all that are kept), ordered by UTC day of At and
	// within a day by the order in which they were appended. Records appended during the iteration may be missing. A
	// record that cannot be read is yielded as an error that matches [ErrDamaged], and the iteration continues.
	Records(ctx context.Context, since time.Time) iter.Seq2[Record, error]
}

// Gater is a [Store] that also keeps the limits, so that all processes on it share them. Package gradtest uses its Gate
// unless App.Gate is set. Without a Gater each process has limits of its own, and processes that run at the same time
// exceed the platform's together.
type Gater interface {
	// Gate returns a gate over the store. changes are laid over the platform's documented limits, by group name in any
	// case; nil: none. A limit that a server states replaces them.
	Gate(changes map[string]window.Limit) window.Gate
}

// Follower is a [Store] that can read what was appended since it last did. A sweep uses it twice a second to count what
// other processes have called. Without it the sweep knows only its own calls and those from before it began.
type Follower interface {
	// Follow returns a function that yields the records appended since it was last called, of the UTC day of since and
	// later ones, in the order and with the errors of [Store.Records]. The first call starts from the end of the store
	// at the time of Follow. To miss nothing, call Follow first and Records afterwards; a record that both yield has
	// the same ID and Kind. The function is not safe for concurrent use.
	Follow(ctx context.Context, since time.Time) (func(context.Context) iter.Seq2[Record, error], error)
}

// WaitNotifier is a [Store] whose methods may have to wait for another process that does not go on. Package gradtest
// says so in the log, in the test's output and in App.Progress.
type WaitNotifier interface {
	// NotifyWait calls say, from any goroutine, once for each wait of a method that takes longer than two seconds. what
	// says what the method waits for, without a period. It ends with stop.
	NotifyWait(say func(what string)) (stop func())
}

// Surveyor is a [Store] that can say what it holds faster than by reading all of it. The command lists ledgers and
// finds declarations with it.
type Surveyor interface {
	Survey(ctx context.Context, since time.Time) (Survey, error)
}

// Verifier is a [Store] that can check its own integrity, for the command's verify.
type Verifier interface {
	Verify(ctx context.Context) (Report, error)
}

// Pruner is a [Store] that can delete old records, for the command's prune. A store without it has to expire them by
// itself or grow for ever.
type Pruner interface {
	// Prune deletes the records of all UTC days that ended before the given time and returns the number of days.
	Prune(ctx context.Context, before time.Time) (days int, err error)
}

// What the errors of a [Store] match with [errors.Is].
var (
	// ErrDamaged: one record cannot be read, and reading continues after it. [*DamageError], [*TornError] and
	// [*VersionError] match it. A Store that does not use [Decode] lets its own error match by an Is method or by
	// wrapping ErrDamaged.
	ErrDamaged = errors.New("ledger: a record cannot be read")

	// ErrClosed: the store was used after its Close.
	ErrClosed = errors.New("ledger: the store is closed: open it again")

	// ErrReadOnly: the store was opened for reading, see [OpenReadOnly].
	ErrReadOnly = errors.New("ledger: the store was opened for reading")

	// ErrUnavailable: the store cannot be used now, because its disk is full or fails, its directory is gone,
	// or its server does not answer. What was recorded before is not affected.
	ErrUnavailable = errors.New("ledger: the store is unavailable")
)
