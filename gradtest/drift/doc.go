// Package drift compares what an app declares in a gradtest.App with what its code calls, without running it. It finds
// where code calls an operation that no App declares, where an App declares an operation that nothing calls, and where
// a scope that an operation needs is missing from App.Scopes.
//
// [Check] scans a module and compares; [Compare] is the comparison alone; [Analyzer] is the same for go vet and other
// drivers of golang.org/x/tools/go/analysis. The command is gradtest vet.
//
// # What counts
//
// A call counts as the app's if production code leads to it, as package discover decides. What only tests call, such as
// the Do and Prepare functions of the endpoints themselves, needs no declaration, but to declare it is no drift: the
// platform counts those calls too. The same holds for operations that are given to functions of package gradtest, such
// as FromList. Calls in dead code are no calls. Several Apps of one module are judged together: an operation needs one
// App that declares it, and each App the scopes of the operations that it declares itself. An App's scope counts with
// all that it includes, see [rcapi.Scope.Includes].
//
// What is known only when the program runs is [Unresolved]. It fails nothing, and it stops what could be wrong because
// of it: while an App has an endpoint that is not resolved, no call is reported as undeclared, and an operation that an
// unresolved call could be is not reported as uncalled. The same holds where the scanned code calls nothing at all,
// such as a module that holds only the suite.
//
// # Accepted findings
//
// A comment at the end of the line, or on a line of its own above it, accepts what is found there:
//
//	resp, err := c.get("/restapi/v1.0/status") //gradtest:ignore probes the network, not part of the app
//
// A reason is required, and a comment that accepts nothing is a finding itself.
package drift
