package wire

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/pipenet"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// rawScene runs f in virtual time with a server that writes answers byte by byte as it likes.
func rawScene(t *testing.T, serve func(net.Conn), f func(*testing.T, scene)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		l := pipenet.Listen()
		go func() {
			for {
				conn, err := l.Accept()
				if err != nil {
					return
				}
				go func() {
					defer conn.Close()
					if _, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
						serve(conn)
					}
				}()
			}
		}()
		f(t, newScene(t, "http://rc.test", func(c *Config) { c.Base = &http.Transport{DialContext: l.DialContext} }))
		require.NoError(t, l.Close())
		time.Sleep(200 * time.Hour) // the server's pauses
	})
}

func TestWhatCounts(t *testing.T) {
	const page = "<!DOCTYPE html><html>sign in</html>"
	for _, tt := range []struct {
		name, op, head, body, code string
	}{
		{"JSON", "extension/~", "HTTP/1.1 200 OK\r\nContent-Type: application/json", `{"id":1}`, ""},
		{"HTTP/1.0", "extension/~", "HTTP/1.0 200 OK\r\nContent-Type: application/json", `{"id":1}`, ""},
		{"HTTP/9.9", "extension/~", "HTTP/9.9 200 OK\r\nContent-Type: application/json", `{"id":1}`, CodeProtocol},
		{"undocumented status", "extension/~", "HTTP/1.1 203 OK\r\nContent-Type: application/json", `{"id":1}`, CodeStatus},
		{"page", "extension/~", "HTTP/1.1 200 OK\r\nContent-Type: text/HTML", page, CodePage},
		{"page without a type", "extension/~", "HTTP/1.1 200 OK", page, CodePage},
		{"XHTML", "extension/~", "HTTP/1.1 200 OK\r\nContent-Type: application/xhtml+xml", page, CodePage},
		{"page as text", "extension/~", "HTTP/1.1 200 OK\r\nContent-Type: text/plain", page, CodePage},
		{"page as JSON", "extension/~", "HTTP/1.1 200 OK\r\nContent-Type: application/json", page, CodeJSON},
		{"no type", "extension/~", "HTTP/1.1 200 OK", `{"id":1}`, CodeType},
		{"empty", "extension/~", "HTTP/1.1 200 OK\r\nContent-Type: application/json", "", CodeEmpty},
		{"cut JSON", "extension/~", "HTTP/1.1 200 OK\r\nContent-Type: application/json", `{"id":`, CodeJSON},
		{"media", "message-store/1/content/1", "HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg", "abc", ""},
		{"media as a page", "message-store/1/content/1", "HTTP/1.1 200 OK", page, CodePage},
		{"empty media", "message-store/1/content/1", "HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg", "", CodeEmpty},
		{"unknown operation", "nosuchthing", "HTTP/1.1 201 OK", "", ""},
		{"unknown operation, page", "nosuchthing", "HTTP/1.1 201 OK", page, CodePage},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rawScene(t, func(c net.Conn) {
				_, _ = io.WriteString(c, tt.head+"\r\nContent-Length: "+strconv.Itoa(len(tt.body))+"\r\n\r\n"+tt.body)
			}, func(t *testing.T, w scene) {
				resp, err := w.client().Get("http://rc.test/restapi/v1.0/account/~/extension/~/" + strings.TrimPrefix(tt.op, "extension/~"))
				require.NoError(t, err)
				body, err := io.ReadAll(resp.Body)
				require.NoError(t, err)
				assert.Equal(t, tt.body, string(body), "the caller gets the answer in any case")
				r := w.only(t)
				assert.Equal(t, tt.code, r.Code)
				assert.Equal(t, tt.code == "", r.Succeeded())
			})
		})
	}
}

func TestABodyThatBreaksOffIsNoSuccess(t *testing.T) {
	long := strings.Repeat(" ", 2*successPeek)
	for name, size := range map[string]int{"short": 10, "long": len(long)} {
		for _, end := range []string{"whole", "broken", "closed early", "cancelled"} {
			t.Run(name+" "+end, func(t *testing.T) {
				rawScene(t, func(c net.Conn) {
					_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "+strconv.Itoa(size+1)+"\r\n\r\n"+long[:size])
					switch end {
					case "broken":
					case "whole":
						_, _ = io.WriteString(c, "1")
					default:
						time.Sleep(time.Second)
					}
				}, func(t *testing.T, w scene) {
					ctx, cancel := context.WithCancel(t.Context())
					defer cancel()
					if end == "cancelled" {
						time.AfterFunc(time.Second/2, cancel)
					}
					req, _ := http.NewRequestWithContext(ctx, "GET", anyPath, nil)
					resp, err := w.RoundTrip(req)
					require.NoError(t, err)
					if end != "closed early" {
						_, err = io.Copy(io.Discard, resp.Body)
						assert.Equal(t, end == "whole", err == nil, "%v", err)
					}
					_ = resp.Body.Close()
					r := w.only(t)
					assert.Equal(t, end == "whole", r.Succeeded())
					if end != "whole" {
						assert.Equal(t, CodeCut, r.Code)
					}
					assert.NotEmpty(t, w.gate.settled)
					assert.True(t, w.gate.settled[0].At.Equal(r.At), "the slot's window begins at the answer's headers")
				})
			})
		}
	}
}

func TestALongBodyThatNobodyReadsIsRecordedWhenItsContextEnds(t *testing.T) {
	rawScene(t, func(c net.Conn) {
		_, _ = io.Copy(c, io.MultiReader(strings.NewReader("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"), endless{}))
	}, func(t *testing.T, w scene) {
		ctx, cancel := context.WithCancel(t.Context())
		req, _ := http.NewRequestWithContext(ctx, "GET", anyPath, nil)
		_, err := w.RoundTrip(req)
		require.NoError(t, err)
		assert.Empty(t, w.store.all())
		cancel()
		synctest.Wait()
		assert.Equal(t, CodeCut, w.only(t).Code)
	})
}

// endless is a body without end.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return copy(p, bytes.Repeat([]byte(" "), len(p))), nil }

func TestTheRecordsErrorEndsALongBody(t *testing.T) {
	rawScene(t, func(c net.Conn) {
		_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2000001\r\n\r\n"+strings.Repeat(" ", 2_000_000)+"1")
	}, func(t *testing.T, w scene) {
		w.store.before = func() error { return errors.New("disk full") }
		resp, err := w.client().Get(anyPath)
		require.NoError(t, err)
		_, err = io.Copy(io.Discard, resp.Body)
		assert.True(t, is[*StoreError](err), "%v", err)
		assert.Error(t, resp.Body.Close())
	})
}

func TestSwitchingProtocols(t *testing.T) {
	const answer = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"
	t.Run("that was not asked for is no answer", func(t *testing.T) {
		rawScene(t, func(c net.Conn) {
			_, _ = io.WriteString(c, answer)
			time.Sleep(100 * time.Hour)
		}, func(t *testing.T, w scene) {
			start := time.Now()
			_, err := w.client().Get(anyPath)
			e, ok := errors.AsType[*NoAnswerError](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, ClassMalformed, e.Class)
			assert.Equal(t, ClassMalformed, w.only(t).Code)
			assert.Equal(t, start, time.Now())
			assert.Len(t, w.gate.settled, 1)
		})
	})
	t.Run("that was asked for ends with the context", func(t *testing.T) {
		rawScene(t, func(c net.Conn) {
			_, _ = io.WriteString(c, answer)
			_, _ = io.Copy(c, c)
		}, func(t *testing.T, w scene) {
			ctx, cancel := context.WithCancel(t.Context())
			req, _ := http.NewRequestWithContext(ctx, "GET", anyPath, nil)
			req.Header.Set("Upgrade", "x")
			req.Header.Set("Connection", "Upgrade")
			resp, err := w.RoundTrip(req)
			require.NoError(t, err)
			conn, ok := resp.Body.(io.ReadWriteCloser)
			require.True(t, ok)
			_, err = io.WriteString(conn, "ping")
			require.NoError(t, err)
			echo := make([]byte, 4)
			_, err = io.ReadFull(conn, echo)
			require.NoError(t, err)
			assert.Equal(t, "ping", string(echo))
			time.AfterFunc(time.Minute, cancel)
			_, err = conn.Read(echo)
			assert.Error(t, err)
			require.NoError(t, resp.Body.Close())
		})
	})
}

func TestPendingAnswersAreReportedOnce(t *testing.T) {
	rawScene(t, func(c net.Conn) {
		time.Sleep(20 * time.Second)
		_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n")
		time.Sleep(20 * time.Second)
		_, _ = io.WriteString(c, "1")
	}, func(t *testing.T, w scene) {
		reported := make(chan Pending, 10)
		w.cfg.Pending = func(p Pending) { reported <- p }
		start := time.Now()
		_, err := w.client().Get(anyPath)
		require.NoError(t, err)
		got := []Pending{<-reported, <-reported}
		assert.Empty(t, reported)
		op := rcapi.ReadAccountInfo.ID
		assert.Equal(t, []Pending{
			{Op: op, Since: start, Until: start.Add(DefaultTimeout)},
			{Op: op, Since: start, Body: true},
		}, got)
	})
}
