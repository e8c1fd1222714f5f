package rctest

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// ttl has the lifetimes of a pair of tokens. With a zero lifetime no refresh token is issued.
type ttl struct{ access, refresh time.Duration }

const (
	accessShortest = 600 * time.Second
	accessLongest  = 3600 * time.Second
	refreshDefault = 604800 * time.Second
	refreshLongest = 2592000 * time.Second
)

// lifetimes reads the fields access_token_ttl and refresh_token_ttl. A value out of bounds is not an error: access
// tokens get the nearest bound, refresh tokens the default.
func lifetimes(f form) (ttl, *oauthError) {
	life := ttl{accessLongest, refreshDefault}
	if f["access_token_ttl"] != "" {
		d, ok := seconds(f["access_token_ttl"])
		if !ok {
			return life, oauthValue("access_token_ttl")
		}
		life.access = min(max(d, accessShortest), accessLongest)
	}
	if f["refresh_token_ttl"] != "" {
		d, ok := seconds(f["refresh_token_ttl"])
		if !ok {
			return life, oauthValue("refresh_token_ttl")
		}
		if d >= 0 && d <= refreshLongest {
			life.refresh = d
		}
	}
	return life, nil
}

// seconds parses a whole number of seconds. Numbers too large for a Duration are clamped.
func seconds(s string) (time.Duration, bool) {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	switch {
	case err != nil && n != math.MaxInt64 && n != math.MinInt64:
		return 0, false
	case n > int64(math.MaxInt64/time.Second):
		return math.MaxInt64, true
	case n < int64(math.MinInt64/time.Second):
		return math.MinInt64, true
	}
	return time.Duration(n) * time.Second, true
}
