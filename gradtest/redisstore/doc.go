// Package redisstore shares evidence, limits and the access token through Redis, for processes on several machines.
//
// [Open] returns the [Store] of one app at one host. It is a [ledger.Store] with all optional abilities: [Store.Gate]
// is the [window.Gate] that goes with it, [Store.Claims] books calls, and [Store.TokenCache] keeps the access token.
// Package gradtest uses it if GRADTEST_REDIS is set. It needs Redis 6.2 or later, a compatible server that runs its Lua
// scripts, or a cluster of these: the address of one node is enough. A URL of a Redis Sentinel is refused; [New] takes
// a client of redis.NewFailoverClient.
//
// # One script for each decision
//
// Each decision about a call is one Lua script, so it is atomic for all processes. It uses only the server's clock: the
// clocks of the machines may be minutes apart. The rules are those of package window. A slot is taken when a call is
// admitted, and is free one window after its answer. A call that is never settled holds its slot for its timeout and
// one window. If its process has died, which others notice within seconds because its lease is no longer renewed, the
// slot is free one window after the latest time at which the platform can have counted the call.
//
// Calls are admitted in the order in which they ask. A call that cannot go yet waits in a queue. If it does not ask
// within a second after it was due, its process is taken for dead, and the next call that asks removes it: immediately
// near the front of the queue, within ten seconds far back. If the process is alive after all, its calls get their
// positions back.
//
// Calls are booked by a script of their own, see [Store.Claims]. It appends the bookings if the session has read
// everything there is. Otherwise it appends nothing and returns what is new, and the session decides again.
//
// # Round trips
//
// A call takes at most three round trips on average: its booking, its admission, and its record, which also ends its
// slot. The end of a booking travels with the next one, limits and changes of the evidence come with each reply, and
// what other processes append is announced by messages. On a slow network the requests that come up at the same time
// share one round trip. Besides, a process with calls in flight renews its lease four times a second.
//
// A request that is repeated because its reply was lost counts once: each Admit has a nonce, and an identical record is
// not added again.
//
// # When Redis loses data
//
// A Redis that was restarted, emptied or replaced by a replica that lags behind may have lost calls that the platform
// has counted. The scripts notice it in three ways: by the id of the server process, which changes with a restart; by a
// version of the limits, which each process remembers and sends along; and, if the limits are gone and no process
// remembers them, by the age of the server process.
//
// Then follows a quarantine: nothing is admitted for [Config].Quarantine after the last call that can have been lost.
// After a restart that was before the server started; in all other cases it may have been just now. Without the
// quarantine, every loss would look like an unused limit, all processes would send a full window of calls at once, and
// the platform would answer 429 and start a penalty. It is not possible to ask the platform which calls it has counted.
// But it forgets them as well, one window after it counted them, so waiting for the longest window or penalty is
// enough, and no shorter wait is safe. After the quarantine each group starts with a single call, whose answer shows
// how much of the limit is left. Calls that were in flight are counted when they are settled.
//
// A server that is known to be new has nothing to lose: [Config].Fresh skips the quarantine on first use. One case
// looks like first use and cannot be noticed: a server process that has been up for longer than the quarantine and was
// emptied by hand (FLUSHALL), or promoted without data, while no process that remembers the limits is running.
//
// # When Redis does not answer
//
// A request is retried for [Config].Patience and then fails with an [Error], which says how to fix it. Meanwhile
// nothing is sent. [OpenWithLog] reports connections that fail to a log. go-redis has one logger for the whole program,
// which a library must not replace; what it prints about failed connections is kept from it, and only faults of
// go-redis itself can still reach it. A client that [New] is given keeps its own behavior. Lost evidence is never
// counted: the next run sends those calls again. How much of the data survives a crash of Redis depends on its
// configuration (appendfsync).
//
// # Keys
//
// All keys of an app begin with "gradtest:{app}:", which puts them into one slot of a cluster. The limits are one value
// of a few kilobytes. Each group has a sorted set for its queue, so that a decision takes no longer when many calls
// wait. Each UTC day of evidence is a sorted set of lines, as [ledger.Encode] writes them. All keys expire: the limits
// two days after their last use, a day of evidence five days after its last record, which is longer than any policy
// looks back. An eviction policy other than noeviction may remove evidence earlier, or the limits, which is then
// noticed as a loss.
package redisstore
