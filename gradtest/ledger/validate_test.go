package ledger

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestValidateRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		spoil func(*Record)
		field string
	}{
		"no id":         {func(r *Record) { r.ID = "" }, "ID"},
		"no kind":       {func(r *Record) { r.Kind = "" }, "Kind"},
		"unknown kind":  {func(r *Record) { r.Kind = "won" }, "Kind"},
		"no time":       {func(r *Record) { r.At = time.Time{} }, "At"},
		"far future":    {func(r *Record) { r.Latest = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }, "Latest"},
		"far past":      {func(r *Record) { r.Sent = time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC) }, "Sent"},
		"status":        {func(r *Record) { r.Status = -1 }, "Status"},
		"query":         {func(r *Record) { r.Path += "?a=b" }, "Path"},
		"fragment":      {func(r *Record) { r.Path += "#a" }, "Path"},
		"digits":        {func(r *Record) { r.Path = "/restapi/v1.0/account/12" }, "Path"},
		"digits inside": {func(r *Record) { r.Path = "/restapi/12/x" }, "Path"},
		"tilde":         {func(r *Record) { r.Path = "/restapi/v1.0/account/~/x" }, "Path"},
		"number":        {func(r *Record) { r.Path = "/x/+16505550100" }, "Path"},
		"escaped":       {func(r *Record) { r.Path = "/x/%2B16505550100" }, "Path"},
		"address":       {func(r *Record) { r.Path = "/x/ann@example.com" }, "Path"},
		"matrix":        {func(r *Record) { r.Path = "/x;id=4" }, "Path"},
		"blank":         {func(r *Record) { r.Path = "/x/Ann Smith" }, "Path"},
		"host":          {func(r *Record) { r.Path = "https://platform.example.com/x" }, "Path"},
		"parsed op":     {func(r *Record) { r.Op = "GET /x/12" }, "Op"},
		"message":       {func(r *Record) { r.Code = "no such number +16505550100" }, "Code"},
		"long":          {func(r *Record) { r.RequestID = strings.Repeat("x", 513) }, "RequestID"},
		"long as UTF-8": {func(r *Record) { r.RequestID = strings.Repeat("\xff0", 200) }, "RequestID"},
		"not a scope":   {func(r *Record) { r.Granted = []string{"SMS", "+16505550100"} }, "Granted"},
		"no scope":      {func(r *Record) { r.Granted = []string{""} }, "Granted"},
		"long scope":    {func(r *Record) { r.Granted = []string{strings.Repeat("x", 41)} }, "Granted"},
		"declaration":   {func(r *Record) { r.Declared = new(Declaration) }, "Declared"},
		"undeclared":    {func(r *Record) { r.Kind = Declared }, "Declared"},
	} {
		t.Run(name, func(t *testing.T) {
			r := done("id", noon)
			require.NoError(t, r.Validate())
			test.spoil(&r)
			err := r.Validate()
			e, ok := errors.AsType[*InvalidError](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, test.field, e.Field)
			for _, secret := range []string{"16505550100", "example.com", "Smith"} {
				assert.NotContains(t, err.Error(), secret)
			}
			assert.ErrorContains(t, err, ": ", "says what to do")
		})
	}
}

func TestValidateReportsAllAtOnce(t *testing.T) {
	err := validate([]Record{done("a", noon), {Path: "/12"}})
	for _, field := range []string{"Kind", "ID", "At", "Path"} {
		assert.ErrorContains(t, err, "record's "+field+" ")
	}
	assert.ErrorContains(t, err, "record 2 of 2")
}

func TestValidateTakesTheWholeCatalogue(t *testing.T) {
	n := 0
	for op := range rcapi.All() {
		n++
		r := Record{Kind: Done, ID: "id", At: noon, Op: op.ID, Method: op.Method, Path: op.Path}
		assert.NoError(t, r.Validate(), op.Path)
		r.Op, r.Path = op.Method+" "+op.Path, rcapi.Template(op.Path)
		assert.NoError(t, r.Validate(), r.Path)
	}
	assert.NotZero(t, n)
}

// FuzzTemplate checks that Validate accepts the templates that the transport makes of unknown paths. Otherwise evidence
// would be lost.
func FuzzTemplate(f *testing.F) {
	for _, path := range []string{"/", "/restapi/v1.0/account/~/x", "/a/12/b", "/x/+1650", "/x/ann@example.com", "/%41/b c", "/x;id=4", "", "/a//b/", "/a/b?c", "/é"} {
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		r := Record{Kind: Done, ID: "id", At: noon, Path: rcapi.Template(path)}
		if len(r.Path) <= maxText {
			require.NoError(t, r.Validate(), "%q became %q", path, r.Path)
		}
	})
}
