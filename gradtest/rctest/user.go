package rctest

// user is somebody who can log in: an extension of the account, with the buckets of this app.
type user struct {
	extensionID string
	number      string // E.164
	buckets     [groups]*bucket
}

// newUser shares the app's Auth bucket: that one is kept per client id.
func newUser(s *settings, auth *bucket) *user {
	u := &user{extensionID: s.credentials.ExtensionID, number: ownNumber}
	for i := range u.buckets {
		u.buckets[i] = newBucket(s.policies[i])
	}
	u.buckets[atAuth] = auth
	return u
}
