// Package storetest is the contract that every [ledger.Store] and every [window.Gate] must keep, as a suite to run over
// one's own.
//
// # Doors
//
// Evidence and limits are shared between processes. The suite therefore asks for a function that opens the same store
// or gate once more, as another process would: for a directory, ledger.Open with its path. What has no second door,
// such as [ledger.Memory], returns itself each time.
//
// # Two ways in
//
// [TestStore] and [TestGate] make one subtest per promise. [CheckStore] and [CheckGate] are the same without package
// testing's T: they return one error that joins all promises broken.
//
// # Time
//
// The gate's promises are about waiting. [TestGate] runs each in a testing/synctest bubble, where that takes no time;
// it fits gates that wait for timers and channels alone. A gate behind a network is tested in real time with
// [TestGateInRealTime] or [CheckGate].
package storetest
