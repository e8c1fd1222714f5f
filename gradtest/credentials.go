package gradtest

// Credentials are what an app authorizes with. It prints without its secrets.
type Credentials struct {
	ClientID     string
	ClientSecret string
	JWT          string
}

// String names the client and shows none of the secrets.
func (c Credentials) String() string { return "client " + c.ClientID }

// GoString is String, so that no verb shows the secrets.
func (c Credentials) GoString() string { return c.String() }
