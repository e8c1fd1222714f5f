// Package filelock provides an exclusive lock on a file that several processes share. Waiting for it ends with a
// context.
//
// # Waiting
//
// The operating system's blocking lock cannot be interrupted when a context ends. [Lock.Lock] therefore polls, with
// random pauses that grow from 100 µs to 3 ms, so that processes do not poll in step. Goroutines of one process queue
// for the Lock first, and only one of them polls. Hold a lock for microseconds, and never while waiting for something
// else.
//
// # Death of a holder
//
// The operating system releases the lock when its holder ends, even if the holder is killed. No lock is ever stale.
//
// # Replaced files
//
// If the locked file is deleted and created again, two processes could each lock a file of their own. After locking, a
// Lock checks that its file is still the one at the path, and starts over if it is not.
package filelock
