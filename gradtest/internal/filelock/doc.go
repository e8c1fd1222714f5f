// Package filelock is an exclusive lock over a file that processes share, taken with a context.
//
// # Waiting
//
// The operating system's blocking lock cannot be given up when a context ends, so [Lock.Lock] asks again and again,
// with pauses that grow from 100 µs to 3 ms and vary, so that no two processes ask in step. Goroutines of one process
// queue for the Lock first and only one of them asks. A lock is meant to be held for microseconds, never while
// waiting for anything.
//
// # Death
//
// The operating system gives the lock back when its holder ends, however it ends: there is no stale lock to clear.
//
// # A file that is replaced
//
// Who deletes and makes the file anew while it is locked would let two processes in, each on a file of its own. A Lock
// therefore checks, once it is locked, that its file is still the one at the path, and otherwise begins again.
package filelock
