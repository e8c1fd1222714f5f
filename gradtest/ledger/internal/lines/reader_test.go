package lines

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestReaderOfAFileCutOffMeanwhile(t *testing.T) {
	var in Reader
	in.Reset(strings.NewReader("a\nbc"), 0, 100)
	var got []string
	for {
		l, err := in.Read()
		if err != nil {
			require.ErrorIs(t, err, io.EOF)
			break
		}
		got = append(got, string(l.Text))
	}
	require.Equal(t, []string{"a", "bc"}, got)
}

func FuzzReader(f *testing.F) {
	f.Add([]byte("a\nb\n\nc"), int64(2))
	f.Add(bytes.Repeat([]byte("0123456789\n"), 30_000), int64(0))
	f.Add([]byte{}, int64(0))
	f.Fuzz(func(t *testing.T, text []byte, cut int64) {
		size := int64(len(text))
		if cut > 0 && cut < size {
			size -= cut // the file goes on behind the size that is read
		}
		var got []byte
		var in Reader
		in.Reset(bytes.NewReader(text), 0, size)
		for {
			l, err := in.Read()
			if err != nil {
				break
			}
			require.Equal(t, int64(len(got)), l.Offset)
			require.NotContains(t, string(l.Text), "\n")
			require.False(t, l.Long)
			got = append(got, l.Text...)
			if l.Ended {
				got = append(got, '\n')
			} else {
				require.Equal(t, size, int64(len(got)))
			}
		}
		require.Equal(t, text[:size], append([]byte{}, got...))
	})
}
