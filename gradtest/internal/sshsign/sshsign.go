// Package sshsign signs with ssh keys and checks such signatures, in the format of ssh-keygen -Y sign, so that people
// can also check them without gradtest: ssh-keygen -Y verify -n gradtest -f SIGNERS -I NAME -s FILE.sig < FILE.
package sshsign

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path"
	"strings"
	"time"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

// Namespace is that of all signatures of gradtest, see ssh-keygen(1).
const Namespace = "gradtest"

// Sign returns the armored signature of what r yields.
func Sign(r io.Reader, key ssh.Signer) ([]byte, error) {
	s, err := sshsig.Sign(r, key, sshsig.HashSHA512, Namespace)
	if err != nil {
		return nil, err
	}
	return sshsig.Armor(s), nil
}

// Key returns the key in a file. A public key, and a private one with a passphrase, are used through the ssh
// agent.
func Key(key string) (s ssh.Signer, done func() error, err error) {
	done = func() error { return nil }
	text, err := os.ReadFile(key)
	if err != nil {
		return nil, done, fmt.Errorf("%w: name an ssh key with --sign, such as ~/.ssh/id_ed25519", err)
	}
	if public, _, _, _, err := ssh.ParseAuthorizedKey(text); err == nil {
		return agentSigner(key, public)
	}
	s, err = ssh.ParsePrivateKey(text)
	if e, ok := errors.AsType[*ssh.PassphraseMissingError](err); ok {
		return agentSigner(key, e.PublicKey)
	}
	if err != nil {
		return nil, done, fmt.Errorf(
			"%s is not an ssh key (%w): name one with --sign, or make one with ssh-keygen -t ed25519",
			key,
			err,
		)
	}
	return s, done, nil
}

// agentSigner returns a key that the ssh agent holds.
func agentSigner(key string, public ssh.PublicKey) (s ssh.Signer, done func() error, err error) {
	done = func() error { return nil }
	missing := fmt.Errorf(
		"%s can be used only through the ssh agent, which does not have it: run ssh-add with the private key first",
		key,
	)
	socket := os.Getenv("SSH_AUTH_SOCK")
	if socket == "" || public == nil {
		return nil, done, missing
	}
	c, err := net.Dial("unix", socket)
	if err != nil {
		return nil, done, fmt.Errorf("%w (%w)", missing, err)
	}
	all, err := agent.NewClient(c).Signers()
	for _, s := range all {
		if bytes.Equal(s.PublicKey().Marshal(), public.Marshal()) {
			return s, c.Close, nil
		}
	}
	return nil, done, errors.Join(missing, err, c.Close())
}

// Signers are the people whose signatures are accepted.
type Signers struct {
	file string
	all  []allowedSigner
}

type allowedSigner struct {
	names string
	key   ssh.PublicKey
	rules []string // options of the line
}

// ReadSigners reads a file in the format of ssh-keygen's ALLOWED SIGNERS.
func ReadSigners(file string) (*Signers, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("%w: name a file of allowed signers with --signers, see ssh-keygen(1)", err)
	}
	s := &Signers{file: file}
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		names, rest, _ := strings.Cut(line, " ")
		if strings.HasPrefix(line, `"`) {
			names, rest, _ = strings.Cut(line[1:], `"`)
		}
		key, _, rules, _, err := ssh.ParseAuthorizedKey([]byte(strings.TrimSpace(rest)))
		if err != nil {
			return nil, fmt.Errorf(
				"%s: line %d is not an allowed signer: write a name, a key type and a key, as ssh-keygen(1) says",
				file,
				n,
			)
		}
		s.all = append(s.all, allowedSigner{names, key, rules})
	}
	if len(s.all) == 0 {
		return nil, fmt.Errorf("%s names no signer: add a line with a name and the public key", file)
	}
	return s, nil
}

// Check checks an armored signature of what r yields, by itself: Signature.Key made it of exactly this. The error says
// which of the two it is not; it names neither.
func Check(r io.Reader, armored []byte) (Signature, error) {
	sig, err := sshsig.Unarmor(armored)
	if err != nil {
		return Signature{}, fmt.Errorf("%w: %w", ErrNoSignature, err)
	}
	if err := sshsig.Verify(r, sig, sig.PublicKey, sig.HashAlgorithm, Namespace); err != nil {
		return Signature{}, err
	}
	return Signature{sig.PublicKey}, nil
}

// ErrNoSignature reports a text that is no signature.
var ErrNoSignature = errors.New("not a signature")

// Signature is a valid signature.
type Signature struct{ key ssh.PublicKey }

// Fingerprint identifies the key, such as SHA256:….
func (s Signature) Fingerprint() string { return ssh.FingerprintSHA256(s.key) }

// Names returns whose signature it is at now, or else why none of the signers made it.
func (s *Signers) Names(sig Signature, now time.Time) (names, reason string) {
	reason = "its key is not in " + s.file
	for _, a := range s.all {
		if !bytes.Equal(a.key.Marshal(), sig.key.Marshal()) {
			continue
		}
		if reason = a.refuses(now); reason == "" {
			return a.names, ""
		}
	}
	return "", reason
}

// refuses says why the options of the line exclude a signature; empty: they do not.
func (a allowedSigner) refuses(now time.Time) string {
	for _, rule := range a.rules {
		name, value, _ := strings.Cut(rule, "=")
		value = strings.Trim(value, `"`)
		switch strings.ToLower(name) {
		case "namespaces":
			if !strings.Contains(","+value+",", ","+Namespace+",") && !matches(value, Namespace) {
				return "the line of " + a.names + " is not for the namespace " + Namespace
			}
		case "valid-after", "valid-before":
			t, err := signerTime(value)
			if err != nil {
				return fmt.Sprintf("%s of %s is not a time: %q", name, a.names, value)
			}
			if after := strings.EqualFold(name, "valid-after"); after && now.Before(t) || !after && !now.Before(t) {
				return fmt.Sprintf("the key of %s has %s %s", a.names, name, value)
			}
		default:
			return fmt.Sprintf("the line of %s has the option %s, which gradtest does not support", a.names, name)
		}
	}
	return ""
}

// matches reports whether a name matches one of the patterns in a list.
func matches(list, name string) bool {
	for pattern := range strings.SplitSeq(list, ",") {
		if ok, err := path.Match(pattern, name); err == nil && ok {
			return true
		}
	}
	return false
}

// signerTime reads a time as ssh-keygen writes it: local unless it ends in Z.
func signerTime(text string) (time.Time, error) {
	zone := time.Local
	if t, utc := strings.CutSuffix(text, "Z"); utc {
		text, zone = t, time.UTC
	}
	layout := "20060102150405"
	return time.ParseInLocation(layout[:min(len(layout), max(8, len(text)))], text, zone)
}
