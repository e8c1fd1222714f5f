package ledger

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLinesOfAFileCutOffMeanwhile(t *testing.T) {
	in := newLines(strings.NewReader("a\nbc"), 0, 100)
	var got []string
	for {
		l, err := in.read()
		if err != nil {
			require.ErrorIs(t, err, io.EOF)
			break
		}
		got = append(got, string(l.text))
	}
	require.Equal(t, []string{"a", "bc"}, got)
}

func FuzzLines(f *testing.F) {
	f.Add([]byte("a\nb\n\nc"), int64(2))
	f.Add(bytes.Repeat([]byte("0123456789\n"), 30_000), int64(0))
	f.Add([]byte{}, int64(0))
	f.Fuzz(func(t *testing.T, text []byte, cut int64) {
		size := int64(len(text))
		if cut > 0 && cut < size {
			size -= cut // the file goes on behind the size that is read
		}
		var got []byte
		in := newLines(bytes.NewReader(text), 0, size)
		for {
			l, err := in.read()
			if err != nil {
				break
			}
			require.Equal(t, int64(len(got)), l.offset)
			require.NotContains(t, string(l.text), "\n")
			require.False(t, l.long)
			got = append(got, l.text...)
			if l.ended {
				got = append(got, '\n')
			} else {
				require.Equal(t, size, int64(len(got)))
			}
		}
		require.Equal(t, text[:size], append([]byte{}, got...))
	})
}
