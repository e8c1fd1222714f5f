// Package declaration finds what the tests of a module declare before there is any evidence: it runs them for their
// declaration alone. The command uses it for gradtest plan, status and scopes.
//
// [Find] compiles the packages whose tests open a session of gradtest, and runs those tests with GRADTEST_DECLARE set.
// Then gradtest.Run, Start, Open and Sweep hand over the declaration and open no session: there is no client, so
// nothing can be sent, and nothing is recorded as evidence. Run and Start skip the test, the others return an error.
// What a test does before that point runs as it always does, but without credentials in its environment and with a
// proxy that leads nowhere.
package declaration
