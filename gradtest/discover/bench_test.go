package discover_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/discover"
)

// BenchmarkScan scans a generated module of 100,000 lines: 50 packages, in which a client of its own, services on it
// and business code of many branches call 2,000 endpoints. It reports the lines and the peak of memory.
//
//	go test ./gradtest/discover -run - -bench Scan -benchtime 1x
func BenchmarkScan(b *testing.B) {
	dir := b.TempDir()
	lines := generateModule(b, dir, 50)
	for b.Loop() {
		r, err := discover.Scan(b.Context(), discover.Config{Dir: dir})
		require.NoError(b, err)
		require.Empty(b, r.Notes)
		require.Len(b, r.Calls, 50*40)
	}
	b.ReportMetric(float64(lines), "lines")
	if peak := peakMemory(); peak > 0 {
		b.ReportMetric(float64(peak)/(1<<20), "peak-MiB")
	}
}

func generateModule(tb testing.TB, dir string, packages int) (lines int) {
	write := func(name, text string) {
		lines += strings.Count(text, "\n")
		name = filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(tb, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(tb, os.WriteFile(name, []byte(text), 0o600))
	}
	write("go.mod", "module big\n\ngo 1.26\n")
	write("rest/rest.go", `// Package rest is the client.
package rest

import (
	"context"
	"io"
	"net/http"
	"net/url"
)

type Request struct {
	Method, Path string
	Query        url.Values
	Body         io.Reader
}

type Client struct {
	base, token string
	http        *http.Client
}

func New(base, token string) *Client { return &Client{base: base, token: token, http: http.DefaultClient} }

func (c *Client) Do(ctx context.Context, r Request) (*http.Response, error) {
	u := c.base + "/restapi/v1.0" + r.Path
	if len(r.Query) > 0 {
		u += "?" + r.Query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, r.Method, u, r.Body)
	if err != nil {
		return nil, err
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	return c.http.Do(req)
}

func (c *Client) Get(ctx context.Context, path string, query url.Values) (*http.Response, error) {
	return c.Do(ctx, Request{Method: http.MethodGet, Path: path, Query: query})
}
`)
	var main, imports strings.Builder
	for p := range packages {
		var b strings.Builder
		fmt.Fprintf(&b, "// Package p%d is business code.\npackage p%d\n\n", p, p)
		b.WriteString("import (\n\t\"context\"\n\t\"fmt\"\n\t\"strings\"\n\n\t\"big/rest\"\n)\n\ntype Service struct {\n\tclient *rest.Client\n\text string\n}\n\n")
		b.WriteString("func New(c *rest.Client) *Service { return &Service{client: c, ext: \"~\"} }\n\n")
		b.WriteString("func (s *Service) path(rest string) string { return \"/account/~/extension/\" + s.ext + rest }\n\n")
		for i := range 40 {
			call := `s.client.Get(ctx, s.path("/call-log"), nil)`
			switch i % 4 {
			case 1:
				call = `s.client.Do(ctx, rest.Request{Method: "POST", Path: s.path("/sms"), Body: strings.NewReader("{}")})`
			case 2:
				call = `s.client.Get(ctx, fmt.Sprintf("/account/~/extension/%s/message-store/%d", s.ext, n), nil)`
			case 3:
				call = `s.client.Do(ctx, rest.Request{Method: "DELETE", Path: s.path("/message-store/" + fmt.Sprint(n))})`
			}
			fmt.Fprintf(&b, `// Call%d calls and sums up.
func (s *Service) Call%d(ctx context.Context, n int) (total int, err error) {
	resp, err := %s
	if err != nil {
		return 0, fmt.Errorf("call %d: %%w", err)
	}
	defer resp.Body.Close()
	names := make(map[string]int)
	for i := range n {
		key := fmt.Sprintf("%%d-%%s", i, strings.Repeat("x", i%%7))
		switch {
		case i%%2 == 0:
			names[key]++
		case i%%3 == 0:
			names[key] += 2
		default:
			delete(names, key)
		}
		total += names[key]
	}
	var b strings.Builder
	for k, v := range names {
		if v == 0 {
			continue
		}
		b.WriteString(k)
		b.WriteString("=")
		fmt.Fprint(&b, v)
	}
	total += len(b.String())
	return total, nil
}

func compute%d(values []int) (low, high, sum int) {
	for i, v := range values {
		if i == 0 || v < low {
			low = v
		}
		if i == 0 || v > high {
			high = v
		}
		sum += v
	}
	return low, high, sum
}

`, i, i, call, i, i)
		}
		fmt.Fprintf(&b, "func (s *Service) All(ctx context.Context) (n int) {\n")
		for i := range 40 {
			fmt.Fprintf(&b, "\tif v, err := s.Call%d(ctx, n); err == nil {\n\t\tn += v\n\t}\n", i)
			fmt.Fprintf(&b, "\t_, _, n = compute%d([]int{n})\n", i)
		}
		b.WriteString("\treturn n\n}\n")
		write(fmt.Sprintf("p%d/p%d.go", p, p), b.String())
		fmt.Fprintf(&imports, "\t\"big/p%d\"\n", p)
		fmt.Fprintf(&main, "\tp%d.New(c).All(ctx)\n", p)
	}
	write("main.go", "// Package main is the app.\npackage main\n\nimport (\n\t\"context\"\n\t\"os\"\n\n"+imports.String()+"\t\"big/rest\"\n)\n\n"+
		"func main() {\n\tctx := context.Background()\n\tc := rest.New(os.Getenv(\"RC_SERVER_URL\"), \"\")\n"+main.String()+"}\n")
	return lines
}
