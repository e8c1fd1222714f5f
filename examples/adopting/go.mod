// A module of its own, so that resty and the other libraries of the examples are no dependencies of gradtest's users.
module github.com/graduationkit/ringcentral/examples/adopting

go 1.26.0

replace github.com/graduationkit/ringcentral => ../..

require (
	github.com/go-resty/resty/v2 v2.17.2
	github.com/graduationkit/ringcentral v0.0.0-00010101000000-000000000000
	github.com/ringcentral/ringcentral-go v0.8.0
	github.com/stretchr/testify v1.12.1
)

require (
	github.com/cespare/xxhash/v2 v2.3.0 // indirect
	github.com/gofrs/flock v0.13.2 // indirect
	github.com/redis/go-redis/v9 v9.23.0 // indirect
	go.uber.org/atomic v1.12.0 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	go.yaml.in/yaml/v4 v4.0.0 // indirect
	golang.org/x/net v0.62.0 // indirect
	golang.org/x/oauth2 v0.37.0 // indirect
	golang.org/x/sys v0.50.0 // indirect
	golang.org/x/time v0.16.0 // indirect
	gopkg.in/dnaeon/go-vcr.v4 v4.0.8 // indirect
)
