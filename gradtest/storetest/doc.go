// Package storetest tests implementations of [ledger.Store] and [window.Gate] against everything that gradtest relies
// on. Run it over a store of your own.
//
// # Handles
//
// Processes share evidence and limits. The suite therefore takes a function that opens another handle on the same store
// or gate, as another process would: for a directory, ledger.Open with its path. A store that has only one handle, such
// as [ledger.Memory], returns itself each time. Handles that hold files or connections are the caller's to close, for
// example with t.Cleanup; closing one twice must do nothing.
//
// # Tests and checks
//
// [TestStore] and [TestGate] run each case as a subtest. [CheckStore] and [CheckGate] run the same cases without a
// *testing.T and return one error that joins all failures.
//
// The cases for optional abilities (ledger.Gater, Claimer, Follower, Surveyor, Verifier, Pruner, and io.Closer) pass
// for a store that lacks the ability. [CheckUnavailable] and [CheckClaimsUnavailable] need a store whose disk or server
// the caller has made fail.
//
// # Time
//
// The cases for gates measure waits. [TestGate] runs each in a testing/synctest bubble, where waiting takes no time.
// That works for gates that wait for timers and channels only. Test a gate behind a network with [TestGateInRealTime]
// or [CheckGate], which take several seconds.
package storetest
