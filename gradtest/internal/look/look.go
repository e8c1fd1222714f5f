// Package look is the common style of this project's pages: the report and the emulator's console.
package look

import _ "embed"

// CSS has the colours of the light and the dark scheme, and the elements that the pages share. It loads nothing.
//
//go:embed look.css
var CSS string
