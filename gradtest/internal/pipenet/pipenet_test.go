package pipenet

import (
	"context"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHTTPTakesNoTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := Listen()
		server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(7 * time.Second)
			_, _ = io.WriteString(w, r.URL.Path)
		})}
		served := make(chan error, 1)
		go func() { served <- server.Serve(l) }()
		client := &http.Client{Transport: &http.Transport{DialContext: l.DialContext}}

		began := time.Now()
		resp, err := client.Get("http://anywhere.invalid/there")
		require.NoError(t, err)
		body, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		resp.Body.Close()
		assert.Equal(t, "/there", string(body))
		assert.Equal(t, 7*time.Second, time.Since(began), "the network itself takes no time")

		client.CloseIdleConnections()
		require.NoError(t, server.Close())
		assert.ErrorIs(t, <-served, http.ErrServerClosed)
	})
}

func TestConnectionCarriesBothWays(t *testing.T) {
	l := Listen()
	go func() {
		conn, err := l.Accept()
		if err == nil {
			_, _ = io.Copy(conn, io.LimitReader(conn, 4))
			conn.Close()
		}
	}()
	conn, err := l.DialContext(t.Context(), "tcp", "ignored:1")
	require.NoError(t, err)
	_, err = io.WriteString(conn, "ping")
	require.NoError(t, err)
	echo, err := io.ReadAll(conn)
	require.NoError(t, err)
	assert.Equal(t, "ping", string(echo))
}

func TestClose(t *testing.T) {
	l := Listen()
	blocked := make(chan error, 1)
	go func() {
		_, err := l.Accept()
		blocked <- err
	}()
	require.NoError(t, l.Close())
	require.NoError(t, l.Close(), "closing twice is no fault")
	assert.ErrorIs(t, <-blocked, ErrClosed, "Close wakes Accept")
	_, err := l.Accept()
	assert.ErrorIs(t, err, ErrClosed)
	_, err = l.DialContext(t.Context(), "", "")
	assert.ErrorIs(t, err, ErrClosed)
}

func TestDialGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		_, err := Listen().DialContext(ctx, "", "") // without a call of Accept
		assert.ErrorIs(t, err, context.DeadlineExceeded)
	})
}

func TestAddr(t *testing.T) {
	a := Listen().Addr()
	assert.Equal(t, "pipe", a.Network())
	assert.Equal(t, "pipe", a.String())
}
