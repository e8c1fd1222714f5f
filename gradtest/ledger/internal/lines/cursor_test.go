package lines

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestKeys(t *testing.T) {
	assert.Equal(t, []string{"a", "b", "o", "x"}, Keys(func(c *Cursor) {
		c.Int(`"a":`)
		c.SharedTexts(`"b":`)
		if c.Open(`"o":`) {
			c.SharedText(`"inside":`)
			c.Close(nil)
		}
		c.Flag(`"x":`)
	}))
}

// TestUnknownMembers reads an object of which a and b are known.
func TestUnknownMembers(t *testing.T) {
	known := func(c *Cursor) {
		c.Int(`"a":`)
		c.Text(`"b":`)
	}
	keys := func() []string { return Keys(known) }
	for body, fault := range map[string]string{
		``:                              "",
		`,"a":1,"b":"x"`:                "",
		`,"a":1,"z":1`:                  "",
		`,"b":"x","z":"}\",{","y":null`: "",
		`,"z":{"a":[1,{"b":2}]},"y":[]`: "",
		`,"z":-1.5e3,"y":true`:          "",
		`,"\u007a":1`:                   "",
		`,"b":"x","a":1`:                "twice or out of order",
		`,"a":1,"a":1`:                  "twice or out of order",
		`,"z":1,"b":"x"`:                "twice or out of order",
		`,"\u0061":1,"a":1`:             "twice or out of order",
		`,"z"`:                          "has no value",
		`,"z":`:                         "cannot be read",
		`,"z":{`:                        "cannot be read",
		`,"z":[1,`:                      "cannot be read",
		`,"z":1}`:                       "does not end after",
		`,"z":1 2`:                      "does not end after",
		`,z:1`:                          "does not begin with a quote",
		`,`:                             "does not begin with a quote",
		`x`:                             "does not end after its last member",
		`,"z":"x`:                       "cannot be read",
	} {
		var c Cursor
		_, ok := c.Start(append(Begin(nil, 1), body...), new(Shared))
		require.True(t, ok, body)
		known(&c)
		c.End(keys)
		if fault == "" {
			assert.Empty(t, c.Fault(), body)
		} else {
			assert.Contains(t, c.Fault(), fault, body)
		}
	}
}
