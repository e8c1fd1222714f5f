// Package redisstore shares evidence, limits and access token through Redis, for processes on several machines.
//
// [Open] gives a [Store] of one app at one host. It is a [ledger.Store]; [Store.Gate] is the [window.Gate] and
// [Store.TokenCache] the place of the access token that go with it. GRADTEST_REDIS does all of this for package gradtest.
// It takes Redis 6.2 or later, or what speaks its protocol and runs its Lua scripts; a cluster will do.
//
// # One decision, one script
//
// Each decision on a call is one Lua script, so that it happens at once for all processes. It reads the server's clock
// and no other: the clocks of the machines may be minutes apart. The arithmetic is that of package window: a slot is
// taken when a call may leave, and free one window after its answer; a call of which nothing more is heard holds its slot
// for its time-out and one window. Calls are admitted in the order of asking. A call that cannot go yet has a place in
// line; a place whose process lets its moment pass by more than a second is passed over as soon as somebody behind it asks,
// which is at once near the front of the line and within ten seconds far back. If the process lives after all, it gets the
// place back.
//
// What a caller repeats since the answer was lost counts once: an admission carries a number of its own, and a record that
// is there already is not added again.
//
// # When Redis forgets
//
// A Redis that was restarted, emptied or replaced by a copy that lags behind may not know of calls that the platform has
// counted. It is found out by the identity of the server process, which each admission compares; by the version of
// the state, which each process remembers; and where the state is gone and nobody remembers it, by the age of the server
// process. Then nothing is admitted for as long as what was forgotten can matter, see [Config].Quarantine, and after it
// each group begins with a single call. Calls that were in flight are counted when they are settled. One case cannot be
// told from a first use: an old server process that was emptied by hand (FLUSHALL) or promoted with no data, when no
// process that has known better is left.
//
// # When Redis does not answer
//
// Whoever needs it tries again for [Config].Patience and fails then with an [Error], which says what to do. Nothing is
// sent meanwhile. Lost evidence is never counted: what Redis has forgotten is missing, and the next run sends it again.
// How much survives a crash of Redis itself is its own setting (appendfsync).
//
// # Keys
//
// All keys of an app begin with "gradtest:{app}:" and so lie in one slot of a cluster. The limits are one value of a few
// kilobytes, the calls that wait stand in a sorted set for each group, so that a decision takes no longer when they are many,
// and a day of evidence is a sorted set of the lines that [ledger.Encode] writes. Everything expires: limits two days
// after their last use, a day of evidence five days after its last record, more than any policy looks at. An eviction
// policy other than noeviction may take evidence away sooner, and limits, which is treated as forgetting.
package redisstore
