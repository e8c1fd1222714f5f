// Package main uses a generated client.
package main

import (
	"context"

	"corpus/generated/api"
)

func main() {
	c := api.NewAPIClient(api.NewConfiguration())
	c.CallLogApi.LoadUserCallLog(context.Background(), "~", "~")
}
