// Package replay turns a run against the platform into unit tests that need no network: it records the requests and
// responses of a test in a file, a cassette, and plays them to the same test afterwards.
//
//	func TestOwner(t *testing.T) {
//		r := replay.Start(t, app, "testdata/owner.yaml")
//		name, err := crm.New(r.Client(), r.URL()).Owner(t.Context())
//		require.NoError(t, err)
//		assert.NotEmpty(t, name)
//	}
//
// # Recording
//
// GRADTEST_RECORD=1 go test records: the test runs in a session of [gradtest.Start], so its calls stay inside the rate
// limits and count as evidence, and the cassette is written when the test has passed. Without the variable the cassette
// is played. What is played is never evidence: a replay has no ledger, and each of its responses is marked, so that a
// session which sends through a replay does not count it either.
//
// # Cassettes
//
// A cassette is a YAML file in version 2 of go-vcr's format (gopkg.in/dnaeon/go-vcr.v4), meant to be committed. It
// holds no token, id, phone number, address, name or message text: package replay keeps what it knows to be harmless,
// such as names of members, the words of the platform's schemas, numbers of up to four digits, dates, error codes and
// the literal segments of paths, and replaces everything else. A replacement has the form of the value: as many digits,
// a phone number that is reserved for fiction, a UUID. The same value has the same replacement in paths, queries,
// headers and bodies, so code that takes an id from one response and sends it with the next request works. Replacements
// are derived from the app's client secret: they are the same in each recording and in all cassettes of an app, and
// without the secret they do not lead back to the values. A session without client secret and JWT gets other ones in
// each recording. Binary content, such as an attachment, is replaced by filler of its length.
//
// # Matching
//
// A request matches a recorded one if method, path, query and body are equal. JSON is compared by value, a form or
// query without regard to the order of its names, a multipart body by its parts. Headers, including Authorization, do
// not matter. Moments match each other, so that code may ask for the last 24 hours. An id or token that came from a
// response must be sent as it was played. Phone numbers, addresses, names and texts, and ids that the test itself
// brought along, match any value of their kind; the responses then have the test's own value. Equal requests get the
// recorded responses in their order.
//
// A request that matches nothing fails with a [*MissingError], which names the nearest recorded request, the
// differences, and the command that records again. It also fails the test, and so do recorded requests that the test no
// longer sends.
//
// Errors are played as they were recorded. A Retry-After is played as 0, so that nothing waits for it; see
// [Options.RetryAfter].
package replay
