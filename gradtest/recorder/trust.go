package recorder

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// trust are the files that make programs trust the authority, in a directory of its own.
type trust struct {
	dir     string
	cert    string   // the authority's certificate alone
	set     []string // variables for the program
	replace []string // their names
}

// systemRoots are where systems keep the certificates that programs trust, in one file. The first that exists counts,
// as for crypto/x509.
var systemRoots = []string{
	"/etc/ssl/certs/ca-certificates.crt",                // Debian, Ubuntu, Arch, Gentoo
	"/etc/pki/tls/certs/ca-bundle.crt",                  // Fedora, RHEL 6
	"/etc/ssl/ca-bundle.pem",                            // openSUSE
	"/etc/pki/tls/cacert.pem",                           // OpenELEC
	"/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // CentOS, RHEL 7
	"/etc/ssl/cert.pem",                                 // Alpine, macOS
}

// replacing are the variables whose file is trusted instead of the system's certificates, and adding those whose file
// is trusted besides.
var (
	replacing = []string{"SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"}
	adding    = []string{"NODE_EXTRA_CA_CERTS"}
)

// writeTrust writes the certificate, alone and with what each variable of the environment has the program trust.
func writeTrust(certificate []byte, environ []string) (t trust, err error) {
	if t.dir, err = os.MkdirTemp("", "gradtest-record-"); err != nil {
		return t, fmt.Errorf(
			"recorder: the certificate cannot be written: make %s writable, or set TMPDIR: %w", os.TempDir(), err)
	}
	write := func(name string, parts ...[]byte) string {
		file := filepath.Join(t.dir, name)
		err = errors.Join(err, os.WriteFile(file, bytes.Join(parts, []byte("\n")), 0o600))
		return file
	}
	t.cert = write("ca.pem", certificate)
	var roots []byte
	for _, file := range systemRoots {
		if text, err := os.ReadFile(file); err == nil {
			roots = text
			break
		}
	}
	bundle := write("bundle.pem", roots, certificate)
	for _, name := range slices.Concat(replacing, adding) {
		file := bundle
		if slices.Contains(adding, name) {
			file = t.cert
		}
		if own := valueOf(environ, name); own != "" {
			text, err := os.ReadFile(own)
			if err != nil {
				return t, errors.Join(fmt.Errorf("recorder: %s names a file that cannot be read: %w", name, err), t.remove())
			}
			file = write(strings.ToLower(name)+".pem", text, certificate)
		}
		t.set = append(t.set, name+"="+file)
		t.replace = append(t.replace, name)
	}
	if err != nil {
		return t, errors.Join(fmt.Errorf("recorder: the certificate cannot be written: free space in %s, or set TMPDIR: %w",
			os.TempDir(), err), t.remove())
	}
	return t, nil
}

func (t trust) remove() error { return os.RemoveAll(t.dir) }

// valueOf returns the value of a variable; the last one counts.
func valueOf(environ []string, name string) (value string) {
	for _, v := range environ {
		if n, text, ok := strings.Cut(v, "="); ok && n == name {
			value = text
		}
	}
	return value
}
