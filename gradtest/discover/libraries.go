package discover

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/graduationkit/ringcentral/gradtest/discover/internal/flow"
)

// library describes an HTTP library whose functions are known by name. Libraries that are not listed are followed
// through their source.
type library struct {
	label    string
	packages []string // by import path
	receiver string   // the type whose methods send; empty: functions of the package
	verbs    []string // methods named for an HTTP method, which take the URL first
	must     bool     // each has a twin with the prefix Must
	execute  string   // takes method and URL
	send     string   // takes nothing: the fields Method and URL have been set
	bases    []string // set the base URL
	relative bool     // URLs are references relative to the base
}

var (
	verbs = []string{"Get", "Head", "Post", "Put", "Patch", "Delete", "Options"}

	libraries = []library{
		{label: "resty", packages: []string{"github.com/go-resty/resty/v2", "resty.dev/v3", "gopkg.in/resty.v1", "github.com/go-resty/resty"},
			receiver: "Request", verbs: verbs, execute: "Execute", send: "Send", bases: []string{"SetBaseURL", "SetHostURL", "BaseURL", "HostURL"}},
		{label: "req", packages: []string{"github.com/imroc/req/v3", "github.com/imroc/req/v2"},
			receiver: "Request", verbs: verbs, must: true, execute: "Send", bases: []string{"SetBaseURL", "BaseURL"}},
		{label: "req", packages: []string{"github.com/imroc/req/v3"}, receiver: "Client", verbs: verbs, bases: []string{"SetBaseURL", "BaseURL"}},
		{label: "req", packages: []string{"github.com/imroc/req/v3"}, verbs: verbs, must: true},
		{label: "sling", packages: []string{"github.com/dghubble/sling"}, receiver: "Sling", verbs: verbs, relative: true},
	}
)

const gradtestPath = "github.com/graduationkit/ringcentral/gradtest"

// isLibrary reports whether a package is described in libraries, or is known to send only what is seen elsewhere.
func isLibrary(path string) bool {
	for _, l := range libraries {
		if slices.Contains(l.packages, path) {
			return true
		}
	}
	if path == gradtestPath || strings.HasPrefix(path, gradtestPath+"/") { // what it sends the App declares
		return true
	}
	return path == fasthttp || strings.HasPrefix(path, "golang.org/x/") || strings.HasPrefix(path, "google.golang.org/") ||
		strings.HasPrefix(path, "github.com/prometheus/") || strings.HasPrefix(path, "github.com/aws/") ||
		strings.HasPrefix(path, "cloud.google.com/") || strings.HasPrefix(path, "k8s.io/")
}

func librarySink(in ssa.CallInstruction, fn *ssa.Function) (sink, bool) {
	if fn.Pkg == nil {
		return sink{}, false
	}
	if k, ok := fasthttpSink(in, fn); ok {
		return k, true
	}
	for _, l := range libraries {
		if !slices.Contains(l.packages, fn.Pkg.Pkg.Path()) {
			continue
		}
		recv := fn.Signature.Recv()
		args := in.Common().Args
		if recv == nil != (l.receiver == "") || recv != nil && !isNamed(recv.Type(), fn.Pkg.Pkg.Path(), l.receiver) {
			continue
		}
		if recv != nil {
			args = args[1:]
		}
		name := fn.Name()
		if l.must {
			name = strings.TrimPrefix(name, "Must")
		}
		switch {
		case name == l.send && len(args) == 0:
			return sink{at: in, via: l.label, request: func(r *flow.Run) (string, string) {
				method, url := "", ""
				for _, a := range slices.Backward(r.Applied(in.Common().Args[0], in, func(path string) bool { return slices.Contains(l.packages, path) })) {
					switch a.Name {
					case "Method", "SetMethod":
						method = a.Arg(0)
					case "URL", "SetURL":
						url = a.Arg(0)
					}
				}
				return method, l.url(r, in, url)
			}}, true
		case name == l.execute && len(args) >= 2:
			return sink{at: in, via: l.label, request: func(r *flow.Run) (string, string) {
				return r.Text(args[0]), l.url(r, in, r.Text(args[1]))
			}}, true
		case slices.Contains(l.verbs, name) && len(args) >= 1:
			return sink{at: in, via: l.label, request: func(r *flow.Run) (string, string) {
				return strings.ToUpper(name), l.url(r, in, r.First(args[0], in))
			}}, true
		}
	}
	return sink{}, false
}

// url puts the base of the client before the URL of a request.
func (l library) url(r *flow.Run, in ssa.CallInstruction, url string) string {
	if l.receiver == "" {
		return url
	}
	applied := r.Applied(in.Common().Args[0], in, func(path string) bool { return slices.Contains(l.packages, path) })
	if l.relative {
		base := ""
		for _, a := range slices.Backward(applied) {
			switch {
			case a.Name == "Base":
				base = a.Arg(0)
			case a.Name == "Path" || slices.Contains(l.verbs, a.Name):
				base = flow.Resolve(base, a.Arg(0))
			}
		}
		return flow.Resolve(base, url)
	}
	if strings.Contains(url, "://") {
		return url
	}
	for _, a := range applied {
		if slices.Contains(l.bases, a.Name) {
			return strings.TrimSuffix(a.Arg(0), "/") + "/" + strings.TrimPrefix(url, "/")
		}
	}
	return url
}
