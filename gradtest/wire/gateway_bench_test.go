package wire

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"testing"
)

// BenchmarkGatewayMemory requests an answer of 1 GiB through the gateway and reports the peak of resident memory, that
// of this process with server, gateway and client:
//
//	go test ./gradtest/wire -run '^$' -bench GatewayMemory -benchtime 1x
func BenchmarkGatewayMemory(b *testing.B) {
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "audio/mpeg")
		_, _ = io.Copy(w, zeros(1<<30))
	}))
	defer upstream.Close()
	g := started(b, newScene(b, upstream.URL))
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // the peak so far is another benchmark's
	for b.Loop() {
		resp, err := http.Get(g.URL() + "/restapi/v1.0/account/~/recording/1/content")
		if err != nil {
			b.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		if resp.StatusCode != http.StatusBadGateway {
			b.Fatal(resp.Status)
		}
	}
	b.ReportMetric(peakResident(b), "peak-MiB")
}

func peakResident(b *testing.B) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Skip("no /proc to read resident memory from")
	}
	_, rest, _ := bytes.Cut(status, []byte("VmHWM:"))
	kib, err := strconv.Atoi(string(bytes.Fields(rest)[0]))
	if err != nil {
		b.Fatal(err)
	}
	return float64(kib) / 1024
}
