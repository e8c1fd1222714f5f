package rcclient

//go:generate go run github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.5.0 -generate types,client -package rcclient -o client.gen.go openapi.yaml
