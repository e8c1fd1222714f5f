package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// login reads the credentials from a file or from the environment. Unlike flags, neither shows them in the process
// list. A flag has precedence.
func (e *emulator) login(cfg *rctest.Config) error {
	getenv := e.getenv
	switch {
	case e.credentials != "" && e.inherit:
		return errors.New("--credentials and --credentials-from-env exclude each other: leave one out")
	case e.credentials != "":
		file, err := os.Open(e.credentials)
		if err != nil {
			return fmt.Errorf("--credentials: %w: name a file with lines such as export RC_APP_CLIENT_ID=…", err)
		}
		defer file.Close()
		values, err := readExports(file)
		if err != nil {
			return fmt.Errorf("--credentials %s: %w", e.credentials, err)
		}
		getenv = func(name string) string { return values[name] }
	case !e.inherit:
		return nil
	}
	first := func(names []string) string {
		for _, name := range names {
			if v := strings.TrimSpace(getenv(name)); v != "" {
				return v
			}
		}
		return ""
	}
	id, secret, jwt := first(environ.ClientID), first(environ.ClientSecret), first(environ.JWT)
	if id == "" && secret == "" && jwt == "" {
		return fmt.Errorf("no credentials found: set %s, %s or %s",
			environ.ClientID[0], environ.ClientSecret[0], environ.JWT[0])
	}
	for _, c := range []struct {
		to   *string
		from string
	}{{&cfg.ClientID, id}, {&cfg.ClientSecret, secret}, {&cfg.JWT, jwt}} {
		if *c.to == "" {
			*c.to = c.from
		}
	}
	return nil
}

// readExports reads what writeExports writes: one variable a line, with or without export and single quotes. Empty
// lines and comments are skipped. Errors name lines and never their content.
func readExports(r io.Reader) (map[string]string, error) {
	values := make(map[string]string)
	s := bufio.NewScanner(r)
	for n := 1; s.Scan(); n++ {
		line := strings.TrimSpace(s.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, ok := strings.Cut(strings.TrimPrefix(line, "export "), "=")
		if !ok {
			return nil, fmt.Errorf("line %d is no assignment: write RC_APP_CLIENT_ID=… and the like", n)
		}
		if len(value) >= 2 && (value[0] == '\'' || value[0] == '"') && value[len(value)-1] == value[0] {
			value = strings.ReplaceAll(value[1:len(value)-1], `'\''`, `'`)
		}
		values[strings.TrimSpace(name)] = value
	}
	return values, s.Err()
}
