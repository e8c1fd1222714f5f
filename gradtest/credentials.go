package gradtest

// Credentials authorize an app. They print without their secrets.
type Credentials struct {
	ClientID     string
	ClientSecret string
	JWT          string
}

// String names the client and shows no secret.
func (c Credentials) String() string { return "client " + c.ClientID }

// GoString is String, so that no verb shows the secrets.
func (c Credentials) GoString() string { return c.String() }
