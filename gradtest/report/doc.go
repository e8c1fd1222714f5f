// Package report writes verdicts for people and programs: [Text] for a terminal, [Markdown] for a pull request, [HTML]
// for a browser, [JSON] for programs, [GitHub] for a step of GitHub Actions. All read one [Document], so their numbers
// cannot differ. The writers are pure: they show the verdict and the options, and read neither clock nor environment.
//
// # The JSON document
//
// [JSON] writes a [Document]; its fields and their tags are the schema, whose name and version are its first member:
//
//	{
//	  "schema": "gradtest/report/v1",
//	  "policy": "graduation 2023-05-02",
//	  "at": "2026-11-05T14:00:00Z",
//	  "ready": false,
//	  "missing": 1,
//	  "rules": [
//	    {"rule": "volume", "ok": false, "got": "20 successful calls", "need": "21 successful calls", "fix": "…"}
//	  ],
//	  "endpoints": [{"name": "readUserCallLog", "got": 5, "need": 5, …}],
//	  …
//	}
//
// Lists are never null. Members may be added within a version, so readers must ignore what they do not know. Programs
// should read the numbers, not the sentences in got, need, fix and note, whose wording may change.
package report
