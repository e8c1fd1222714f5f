package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

var signals = map[string]os.Signal{"INT": os.Interrupt, "TERM": syscall.SIGTERM}

// evidenceMain is "evidence DIR FILE": it writes a ledger whose times are relative to now. The lines of FILE are
//
//	declare NAME POLICY SCOPES ENDPOINTS [AGO]      lists joined by commas, an endpoint is ID or ID:CALLS, - is none
//	calls N OPERATION STATUS AGO [GROUP:LIMIT/PER] [by=STAGE:ENDPOINT] [site=LINE] [code=CODE]
//	login AGO SCOPES                                a token response that grants them
//
// GROUP:LIMIT/PER is what the answers' headers said.
func evidenceMain(args []string) int {
	return reported(func() error {
		text, err := os.ReadFile(args[1])
		if err != nil {
			return err
		}
		d, err := ledger.Open(args[0])
		if err != nil {
			return err
		}
		records, err := scene(string(text), time.Now())
		if err != nil {
			return err
		}
		return errors.Join(d.Append(context.Background(), records...), d.Close())
	})
}

func scene(text string, now time.Time) (all []ledger.Record, err error) {
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		switch {
		case len(f) == 0:
			continue
		case f[0] == "declare" && len(f) >= 5:
			r := ledger.Record{Kind: ledger.Declared, ID: fmt.Sprint("d", now.UnixNano(), "-", len(all)), At: now.Add(-time.Hour), Declared: &ledger.Declaration{App: f[1], Policy: f[2]}}
			if len(f) > 5 {
				r.At = now.Add(-ago(f[5]))
			}
			if f[3] != "-" {
				r.Declared.Scopes = strings.Split(f[3], ",")
			}
			for e := range strings.SplitSeq(f[4], ",") {
				id, calls, _ := strings.Cut(e, ":")
				op, ok := rcapi.Lookup(id)
				if !ok {
					return nil, fmt.Errorf("no operation %s", id)
				}
				n, _ := strconv.Atoi(calls)
				r.Declared.Endpoints = append(r.Declared.Endpoints, ledger.DeclaredEndpoint{
					Name: op.ID, Op: op.ID, Method: op.Method, Path: op.Path, Group: string(op.Group), Scope: string(op.Scope), Calls: n,
				})
			}
			all = append(all, r)
		case f[0] == "calls" && len(f) >= 5:
			n, _ := strconv.Atoi(f[1])
			op, ok := rcapi.Lookup(f[2])
			status, _ := strconv.Atoi(f[3])
			if n == 0 || !ok {
				return nil, fmt.Errorf("cannot read %q", line)
			}
			at := now.Add(-ago(f[4]))
			r := ledger.Record{
				Kind: ledger.Done, At: at, Sent: at.Add(-time.Second), Op: op.ID, Method: op.Method, Path: op.Path,
				Groups: op.Groups(), Scopes: []string{string(op.Scope)}, Status: status, OAuth: op.OAuth(),
			}
			for _, more := range f[5:] {
				if by, ok := strings.CutPrefix(more, "by="); ok {
					stage, endpoint, _ := strings.Cut(by, ":")
					r.Stage, r.Endpoint = ledger.Stage(stage), endpoint
				} else if site, ok := strings.CutPrefix(more, "site="); ok {
					r.Site = site
				} else if code, ok := strings.CutPrefix(more, "code="); ok {
					r.Code = code
				} else {
					group, limit, _ := strings.Cut(more, ":")
					calls, per, _ := strings.Cut(limit, "/")
					r.Signal = window.Signal{Group: group, Window: ago(per), Remaining: 1}
					r.Signal.Limit, _ = strconv.Atoi(calls)
				}
			}
			for range n {
				r.ID = fmt.Sprint("c", now.UnixNano(), "-", len(all))
				all = append(all, r)
			}
		case f[0] == "login" && len(f) == 3:
			at := now.Add(-ago(f[1]))
			all = append(all, ledger.Record{
				Kind: ledger.Done, ID: fmt.Sprint("l", now.UnixNano(), "-", len(all)), At: at, Sent: at.Add(-time.Second), Op: "getToken",
				Method: "POST", Path: "/restapi/oauth/token", OAuth: true, Status: 200, Granted: strings.Split(f[2], ","),
			})
		default:
			return nil, fmt.Errorf("cannot read %q", line)
		}
	}
	return all, nil
}

func ago(s string) time.Duration {
	d, err := time.ParseDuration(s)
	if err != nil {
		panic(err)
	}
	return d
}

// spoilMain is "spoil DIR line N" or "spoil DIR tail": it changes a byte of a line of the latest day's file, or leaves
// the beginning of a line at its end.
func spoilMain(args []string) int {
	return reported(func() error {
		files, err := filepath.Glob(filepath.Join(args[0], "*.jsonl"))
		if err != nil || len(files) == 0 {
			return errors.Join(err, fmt.Errorf("no files in %s", args[0]))
		}
		slices.Sort(files)
		file := files[len(files)-1]
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if args[1] == "tail" {
			return os.WriteFile(file, append(text, `{"v":1,"kind":"do`...), 0o600)
		}
		return spoilLine(file, args[2])
	})
}

// spoilFileMain is "spoil-file FILE N": it changes a byte of a line.
func spoilFileMain(args []string) int {
	return reported(func() error { return spoilLine(args[0], args[1]) })
}

func spoilLine(file, number string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(number)
	if err != nil {
		return err
	}
	all := bytes.SplitAfter(text, []byte("\n"))
	all[n-1][len(all[n-1])/2] ^= 1
	return os.WriteFile(file, bytes.Join(all, nil), 0o600)
}

// renameOriginMain is "rename-origin FILE ORIGIN": it makes an export that says to be of ORIGIN, checksums and all.
func renameOriginMain(args []string) int {
	return reported(func() error {
		var b bytes.Buffer
		if _, err := ledger.Export(context.Background(), &b, ledger.NewMemory(), args[1], time.Time{}); err != nil {
			return err
		}
		return os.WriteFile(args[0], b.Bytes(), 0o600)
	})
}

// sweepMain is an app that uses two endpoints, swept as the library does it.
func sweepMain() int {
	return reported(func() error {
		v, err := gradtest.Sweep(context.Background(), gradtest.App{
			Name: "crm-sync", Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog},
			Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}, {Op: rcapi.ReadUserCallLog}},
		})
		fmt.Println("ready:", v.Ready)
		return err
	})
}

// callMain is "call METHOD PATH": it logs in as a program in any language would, makes one call and prints the status
// and the group that it was booked in, and on standard error the body.
func callMain(args []string) int {
	return reported(func() error {
		server, path := os.Getenv("RC_SERVER_URL"), args[1]
		if u, err := url.Parse(path); err == nil && u.Host != "" {
			server, path = u.Scheme+"://"+u.Host, u.RequestURI()
		}
		form := url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"}, "assertion": {os.Getenv("RC_USER_JWT")}}
		login, err := http.NewRequest("POST", server+"/restapi/oauth/token", strings.NewReader(form.Encode()))
		if err != nil {
			return err
		}
		login.SetBasicAuth(os.Getenv("RC_APP_CLIENT_ID"), os.Getenv("RC_APP_CLIENT_SECRET"))
		login.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		var answer struct {
			Token string `json:"access_token"`
		}
		resp, body, err := exchange(login)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(body, &answer); err != nil || resp.StatusCode != http.StatusOK {
			return fmt.Errorf("login: %s %s", resp.Status, body)
		}
		call, err := http.NewRequest(args[0], server+path, nil)
		if err != nil {
			return err
		}
		call.Header.Set("Authorization", "Bearer "+answer.Token)
		if resp, body, err = exchange(call); err != nil {
			return err
		}
		fmt.Println(resp.StatusCode, cmp.Or(resp.Header.Get("X-Rate-Limit-Group"), "unlimited"))
		fmt.Fprintf(os.Stderr, "%s\n", body)
		return nil
	})
}

func exchange(r *http.Request) (*http.Response, []byte, error) {
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp, body, err
}

func reported(do func() error) int {
	if err := do(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}
