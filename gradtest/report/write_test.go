package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWriteUnknownFormat(t *testing.T) {
	var b bytes.Buffer
	assert.EqualError(t, Write(&b, "pdf", scenes()[0].verdict), `report: no format is named "pdf": use one of text, markdown, html, json, github`)
	assert.Zero(t, b.Len())
}

func TestJSONReadsBack(t *testing.T) {
	for _, s := range scenes() {
		var b bytes.Buffer
		require.NoError(t, JSON(&b, s.verdict, s.options))
		var got Document
		dec := json.NewDecoder(&b)
		dec.DisallowUnknownFields()
		require.NoError(t, dec.Decode(&got))
		assert.Equal(t, NewDocument(s.verdict, s.options), got, s.name)
		assert.Equal(t, Schema, got.Schema)
	}
}

func TestJSONHasNoNullLists(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, JSON(&b, scenes()[0].verdict))
	require.NoError(t, JSON(&b, scenes()[4].verdict))
	assert.NotContains(t, b.String(), "null")
}

type broken struct{}

var errBroken = errors.New("broken pipe")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestWritersPassOnErrors(t *testing.T) {
	for _, format := range Formats() {
		for _, s := range scenes() {
			assert.ErrorIs(t, Write(broken{}, format, s.verdict, s.options), errBroken, format)
		}
	}
}
