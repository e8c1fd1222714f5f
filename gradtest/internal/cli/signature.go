package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path"
	"strings"
	"time"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

// A signature is a file next to the one that it is of, in the format of ssh-keygen -Y sign, so that people can also
// check it without gradtest: ssh-keygen -Y verify -n gradtest -f SIGNERS -I NAME -s FILE.sig < FILE.
const (
	signatureNamespace = "gradtest"
	signatureSuffix    = ".sig"
)

// sign writes the signature of a file by the key in another.
func sign(file, key string) (err error) {
	signer, done, err := signerOf(key)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	s, err := sshsig.Sign(f, signer, sshsig.HashSHA512, signatureNamespace)
	if err != nil {
		return fmt.Errorf("sign with %s: %w", key, err)
	}
	return replace(file+signatureSuffix, func(w io.Writer) error {
		_, err := w.Write(sshsig.Armor(s))
		return err
	})
}

// signerOf returns the key in a file. A public key, and a private one with a passphrase, are used through the ssh
// agent.
func signerOf(key string) (s ssh.Signer, done func() error, err error) {
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
		return nil, done, fmt.Errorf("%s is not an ssh key (%w): name one with --sign, or make one with ssh-keygen -t ed25519", key, err)
	}
	return s, done, nil
}

// agentSigner returns a key that the ssh agent holds.
func agentSigner(key string, public ssh.PublicKey) (s ssh.Signer, done func() error, err error) {
	done = func() error { return nil }
	missing := fmt.Errorf("%s can be used only through the ssh agent, which does not have it: run ssh-add with the private key first", key)
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

// signers are the people whose signatures are accepted.
type signers struct {
	file string
	all  []allowedSigner
}

type allowedSigner struct {
	names string
	key   ssh.PublicKey
	rules []string // options of the line
}

// readSigners reads a file in the format of ssh-keygen's ALLOWED SIGNERS.
func readSigners(file string) (*signers, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("%w: name a file of allowed signers with --signers, see ssh-keygen(1)", err)
	}
	s := &signers{file: file}
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
			return nil, fmt.Errorf("%s: line %d is not an allowed signer: write a name, a key type and a key, as ssh-keygen(1) says", file, n)
		}
		s.all = append(s.all, allowedSigner{names, key, rules})
	}
	if len(s.all) == 0 {
		return nil, fmt.Errorf("%s names no signer: add a line with a name and the public key", file)
	}
	return s, nil
}

// check checks the signature of a file and returns whose it is.
func (s *signers) check(file string) (names string, err error) {
	if file == "-" {
		return "", errors.New("--signers needs the signature in a file next to the export: name the export instead of -")
	}
	text, err := os.ReadFile(file + signatureSuffix)
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s is not signed: sign it with gradtest ledger export --sign, or get %s from its source", file, file+signatureSuffix)
	}
	if err != nil {
		return "", err
	}
	sig, err := sshsig.Unarmor(text)
	if err != nil {
		return "", fmt.Errorf("%s is not a signature (%w): get it from its source again", file+signatureSuffix, err)
	}
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if err := sshsig.Verify(f, sig, sig.PublicKey, sig.HashAlgorithm, signatureNamespace); err != nil {
		return "", fmt.Errorf("%s is not what was signed (%w): get it from its source again", file, err)
	}
	reason := "its key is not in " + s.file
	for _, a := range s.all {
		if !bytes.Equal(a.key.Marshal(), sig.PublicKey.Marshal()) {
			continue
		}
		if reason = a.refuses(time.Now()); reason == "" {
			return a.names, nil
		}
	}
	return "", fmt.Errorf("%s is signed by %s, which is not accepted: %s", file, ssh.FingerprintSHA256(sig.PublicKey), reason)
}

// refuses says why the options of the line exclude a signature; empty: they do not.
func (a allowedSigner) refuses(now time.Time) string {
	for _, rule := range a.rules {
		name, value, _ := strings.Cut(rule, "=")
		value = strings.Trim(value, `"`)
		switch strings.ToLower(name) {
		case "namespaces":
			if !strings.Contains(","+value+",", ","+signatureNamespace+",") && !matches(value, signatureNamespace) {
				return "the line of " + a.names + " is not for the namespace " + signatureNamespace
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
