package report

// term is a word of a report with its meaning.
type term struct{ Word, Meaning string }

// glossary explains the words that a reader of a page meets there for the first time.
func glossary() []term {
	return []term{
		{"successful call", "a request that the server answered with a documented status 2xx, and whose record is on disk"},
		{"since 00:00 UTC yesterday (utc-days)", "the window of successes: they stop counting at the second midnight UTC after the call"},
		{"the last 48 hours (rolling-48h)", "the second window of errors: an error leaves it 48 hours after the call"},
		{"API calls (api)", "all calls but authorization requests, which are those for tokens"},
		{"API calls and authorization requests (all)", "how the console may have counted; the worse of both shares decides"},
		{"authentication errors", "responses 401 and 403, and failed requests for tokens"},
		{"4xx", "all client errors, such as 404 and 400 too; only a policy with the rule client-errors judges them"},
		{"outcome unknown", "the request was sent, but no complete response came: it may have used a slot of the rate limit and never counts as a success"},
		{"head of a chain", "the hash of the last record of a day's file, which each record before it is part of: it changes when any of them is changed or removed"},
		{"time spent waiting", "from the moment at which a call could be sent until it had its slot in the rate limits"},
		{"not declared", "called, but not among the endpoints of the app's declaration"},
	}
}
