// Package scrub replaces what must not be in a cassette: tokens, ids, phone numbers, addresses, names, texts, and
// everything else that is not known to be harmless. It works on the structure of requests and responses, so that a
// replaced value still has the form of the original, and the same value has the same replacement wherever it occurs.
//
// [Rules] splits values into parts, some of which are replaced. Its methods visit all values of a request or response.
// [Fakes] makes the replacements. The same visits serve to compare requests and to put values into responses.
package scrub
