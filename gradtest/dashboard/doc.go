// Package dashboard serves the report of an app as a page that follows the evidence: a call that any process records
// shows about a second later, without a reload. [New] returns an http.Handler; the command gradtest dashboard serves
// it.
//
// # The page
//
// It is the page of package report, with the progress of running sweeps on top: what calls wait for, the calls made and
// needed, and the time that the rest takes in each group of the rate limits. When the evidence changes, the page takes
// in the new state and keeps open folds, order, search and filter, the focus and what is on screen. Any number of tabs
// can be open: those of one browser share one stream. When the server has ended, the page says so and waits for it to
// return. It is readable without JavaScript, and then shows the state of its loading.
//
// # Paths
//
//	/               the page
//	/events         server-sent events, see below
//	/report.json    the report as a report.Document
//	/progress.json  a [Progress]
//
// The stream begins with the current state. Each event "state" has a JSON object: version, which changes whenever the
// page does; html, the progress as the page shows it; and progress, a [Progress].
//
// # Cost
//
// The evidence of the last 49 hours is read once and kept in memory, about 600 bytes a record. Then only what is
// appended is read, twice a second, if the store is a ledger.Follower. The page is judged and rendered when a reader
// asks for it, and no more often than that it takes a fifth of the time.
//
// # Who may read it
//
// The page has no secrets, but anyone who can reach the port can read it. Requests must be addressed to a loopback
// name, the server's own address or a name of [Config].Hosts, and may come from no other site's page: so neither a page
// in the same browser nor one whose name was rebound to this machine can read it. Only GET and HEAD are answered;
// nothing is changed.
package dashboard
