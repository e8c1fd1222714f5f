package rcauth

// TokenCacher is the optional ability of a ledger.Store to share access tokens between all processes on it. Package
// gradtest uses it for its own token source, unless Target.PrivateToken is set. Without it each process requests a token
// of its own; each request takes one of five slots a minute, and each new token may end the session of an older one.
type TokenCacher interface {
	// Cabinet returns the cache for the token of one user. user identifies the credentials without containing them.
	Cabinet(user string) Cabinet
}
