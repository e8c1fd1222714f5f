package bundle

import (
	"fmt"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
)

// readme explains the bundle to a reader who has nothing but the file.
func (b basis) readme(j judged) string {
	m := b.manifest
	var t strings.Builder
	say := func(format string, a ...any) { fmt.Fprintf(&t, format+"\n", a...) }
	verdict := "NOT READY"
	if m.Ready {
		verdict = "READY"
	}
	name := safetext.Clean(m.App)
	if name == "" {
		name = "an app that declares nothing"
	}
	say("Evidence of graduation tests: %s", name)
	say("")
	say("Verdict      %s", verdict)
	say("Policy       %s", safetext.Clean(m.Policy))
	say("Judged at    %s", m.At.Format(time.RFC3339))
	say("Evidence of  %s", safetext.Clean(m.Origin))
	say("Records      %d calls, %d declarations", m.Records.Calls, m.Records.Declarations)
	say("Made by      gradtest %s, catalogue %s", m.Gradtest, m.Catalogue)
	for _, n := range j.options.Notes {
		say("Note         %s", safetext.Clean(n))
	}
	say("")
	say("Open page.html in a browser: the verdict, every rule and every call. It needs no network.")
	say("")
	say("  page.html         the report")
	say("  verdict.json      the same for programs")
	say("  policy.json       the rules, with their values and their source")
	if m.Declared {
		say("  declaration.json  the endpoints and app scopes that the app says it uses")
	}
	say("  records.jsonl     one line for each call: time, endpoint, status, request id; no content, no secrets")
	say("  manifest.json     SHA-256 of every file above")
	say("")
	say("To check everything, with gradtest and without a network:")
	say("")
	say("  gradtest verify FILE.zip")
	say("  gradtest verify --signers ALLOWED_SIGNERS FILE.zip      and who signed it")
	say("")
	say("It judges the records anew and names the first difference. Without gradtest: compare sha256sum with")
	say("manifest.json; if there is a manifest.json.sig, it is a signature of manifest.json by an ssh key:")
	say("")
	say("  ssh-keygen -Y verify -n gradtest -f ALLOWED_SIGNERS -I NAME -s manifest.json.sig < manifest.json")
	say("")
	say("What this proves: the verdict follows from the records, and nothing was changed since the bundle was")
	say("made or signed. It cannot prove that the calls were made: the request ids in records.jsonl are the")
	say("platform's, whose own records can tell.")
	return t.String()
}
