// Package safetext filters texts that come from outside, from servers, records and declarations, before they are shown
// or recorded. [Clean] keeps a text from changing its surroundings; [ErrorCode] lets through only what can be an error
// code.
package safetext
