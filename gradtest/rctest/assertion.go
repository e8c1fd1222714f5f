package rctest

import (
	"encoding/base64"
	"encoding/json"
	"strings"
)

// jwtAlgorithm reads the algorithm out of the header of a JWT; ok is false for what is no JWT.
func jwtAlgorithm(jwt string) (algorithm string, ok bool) {
	parts := strings.Split(jwt, ".")
	if len(parts) != 3 {
		return "", false
	}
	raw, err := base64.RawURLEncoding.DecodeString(parts[0])
	if err != nil {
		return "", false
	}
	var header struct {
		Algorithm string `json:"alg"`
	}
	if json.Unmarshal(raw, &header) != nil || header.Algorithm == "" {
		return "", false
	}
	return header.Algorithm, true
}
