package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLoadEndsByCount(t *testing.T) {
	var served atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "/path", r.URL.Path)
		assert.Equal(t, "Bearer secret", r.Header.Get("Authorization"))
		served.Add(1)
		_, _ = io.WriteString(w, "ok")
	}))
	defer s.Close()
	address := strings.TrimPrefix(s.URL, "http://")
	r, err := load{connections: 3, time: time.Hour, requests: 30}.run(t.Context(), address, get(address, "/path", "secret"))
	require.NoError(t, err)
	assert.Len(t, r.latencies, 30)
	assert.EqualValues(t, 30, served.Load())
	assert.IsNonDecreasing(t, r.latencies)
	assert.Positive(t, r.perSecond())
}

func TestLoadEndsByTime(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") }))
	defer s.Close()
	address := strings.TrimPrefix(s.URL, "http://")
	r, err := load{connections: 2, time: 50 * time.Millisecond, requests: 1 << 30}.run(t.Context(), address, get(address, "/", ""))
	require.NoError(t, err)
	assert.NotEmpty(t, r.latencies)
	assert.GreaterOrEqual(t, r.took, 50*time.Millisecond)
}

func TestLoadWantsOnly200(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	defer s.Close()
	address := strings.TrimPrefix(s.URL, "http://")
	_, err := load{connections: 1, time: time.Hour, requests: 1 << 30}.run(t.Context(), address, get(address, "/", ""))
	assert.ErrorContains(t, err, "404 instead of 200")
}

func TestLoadEndsWithItsContext(t *testing.T) {
	hang := make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		cancel()
		<-hang
	}))
	defer s.Close()
	defer close(hang)
	address := strings.TrimPrefix(s.URL, "http://")
	_, err := load{connections: 1, time: time.Hour, requests: 1 << 30}.run(ctx, address, get(address, "/", ""))
	assert.ErrorIs(t, err, context.Canceled)
}
