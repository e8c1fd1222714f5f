package recorder

import (
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// TestManyConnections keeps 1,000 requests open at once.
func TestManyConnections(t *testing.T) {
	const n = 1000
	var all sync.WaitGroup
	all.Add(n)
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		all.Done()
		all.Wait() // until all are here
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, "{}")
	})
	dir := t.TempDir()
	r, _ := startedAt(t, server, func(c *Config) {
		c.Open = func(string) (ledger.Store, error) { return ledger.Open(dir) }
	})
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: time.Minute}
	var done sync.WaitGroup
	for range n {
		done.Go(func() {
			resp, err := client.Get(r.URL() + account)
			if assert.NoError(t, err) {
				assert.Equal(t, 200, resp.StatusCode)
				_ = resp.Body.Close()
			}
		})
	}
	done.Wait()
	require.NoError(t, r.Close())
	d, err := ledger.OpenReadOnly(dir)
	require.NoError(t, err)
	assert.Len(t, records(t, d), n)
	assert.Equal(t, n, r.Summary().Operations[0].Calls)
	g := r.Summary().Groups
	require.NotEmpty(t, g)
	assert.Equal(t, n, g[0].Most)
	assert.Equal(t, n-50, g[0].Over)
}

// upload sends a multipart body of size bytes through the recorder and returns the bytes that the server got.
func upload(t testing.TB, client *http.Client, base string, size int64) {
	body, feed := io.Pipe()
	form := multipart.NewWriter(feed)
	go func() {
		part, _ := form.CreateFormFile("attachment", "fax.pdf")
		_, _ = io.CopyN(part, zeros{}, size)
		_ = feed.CloseWithError(form.Close())
	}()
	req, _ := http.NewRequestWithContext(context.Background(), "POST", base+account+"/extension/~/fax", body)
	req.Header.Set("Content-Type", form.FormDataContentType())
	resp, err := client.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	var got int64
	_, err = fmt.Fscan(resp.Body, &got)
	require.NoError(t, err)
	require.Equal(t, size, got)
	n, err := io.Copy(io.Discard, resp.Body)
	require.NoError(t, err)
	require.Equal(t, size, n, "and back")
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// takeUpload answers with the size of the attachment and as many bytes.
func takeUpload(w http.ResponseWriter, r *http.Request) {
	form, err := r.MultipartReader()
	if err != nil {
		http.Error(w, err.Error(), 400)
		return
	}
	part, err := form.NextPart()
	if err != nil {
		http.Error(w, err.Error(), 400)
		return
	}
	n, _ := io.Copy(io.Discard, part)
	fmt.Fprintf(w, "%d\n", n)
	_, _ = io.CopyN(w, zeros{}, n)
}

// TestLargeMultipart sends more than the Gateway of tests buffers, both ways.
func TestLargeMultipart(t *testing.T) {
	r, memory := startedAt(t, serve(t, takeUpload))
	upload(t, http.DefaultClient, r.URL(), 70<<20)
	all := records(t, memory)
	require.Len(t, all, 1)
	assert.Equal(t, "createFaxMessage", all[0].Op)
}

// BenchmarkLargeMultipart sends 200 MB each way and prints how much the heap has grown at most.
func BenchmarkLargeMultipart(b *testing.B) {
	r, _ := startedAt(b, serve(b, takeUpload))
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var most uint64
	stop := make(chan struct{})
	var watch sync.WaitGroup
	watch.Go(func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(10 * time.Millisecond):
				runtime.ReadMemStats(&now)
				most = max(most, now.HeapAlloc)
			}
		}
	})
	b.SetBytes(2 * 200 << 20)
	for b.Loop() {
		upload(b, http.DefaultClient, r.URL(), 200<<20)
	}
	close(stop)
	watch.Wait()
	b.ReportMetric(float64(most-min(most, before.HeapAlloc))/(1<<20), "MB-heap")
}

// BenchmarkSmallCall measures what the recorder adds to a call.
func BenchmarkSmallCall(b *testing.B) {
	server := serve(b, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte("{}"))
	})
	for name, base := range map[string]func() string{
		"direct":   func() string { return server },
		"recorded": func() string { r, _ := startedAt(b, server); return r.URL() },
	} {
		b.Run(name, func(b *testing.B) {
			u := base()
			b.ReportAllocs()
			for b.Loop() {
				get(b, http.DefaultClient, u+account)
			}
		})
	}
}
