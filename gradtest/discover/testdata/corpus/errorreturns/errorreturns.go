// Package errorreturns makes URLs that may fail.
package errorreturns

import (
	"errors"
	"net/http"
	"os"
)

func address(id string) (string, error) {
	if id == "" {
		return "", errors.New("no id")
	}
	return os.Getenv("BASE") + "/restapi/v1.0/account/~/extension/" + id + "/grant", nil
}

func must(s string, err error) string {
	if err != nil {
		panic(err)
	}
	return s
}

// Run calls.
func Run(id string) error {
	u, err := address(id)
	if err != nil {
		return err
	}
	http.Get(u)                 // want "listExtensionGrants"
	http.Get(must(address(id))) // want "listExtensionGrants"
	return nil
}
