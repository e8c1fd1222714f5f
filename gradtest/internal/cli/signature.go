package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/sshsign"
)

// signatureSuffix ends the name of the file with the signature of an export.
const signatureSuffix = ".sig"

// sign writes the signature of a file by the key in another.
func sign(file, key string) (err error) {
	signer, done, err := sshsign.Key(key)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	s, err := sshsign.Sign(f, signer)
	if err != nil {
		return fmt.Errorf("sign with %s: %w", key, err)
	}
	return replace(file+signatureSuffix, func(w io.Writer) error {
		_, err := w.Write(s)
		return err
	})
}

// checkSignature checks the signature of a file and returns whose it is.
func checkSignature(s *sshsign.Signers, file string) (names string, err error) {
	if file == "-" {
		return "", errors.New("--signers needs the signature in a file next to the export: name the export instead of -")
	}
	text, err := os.ReadFile(file + signatureSuffix)
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf(
			"%s is not signed: sign it with gradtest ledger export --sign, or get %s from its source",
			file,
			file+signatureSuffix,
		)
	}
	if err != nil {
		return "", err
	}
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sig, err := sshsign.Check(f, text)
	switch {
	case errors.Is(err, sshsign.ErrNoSignature):
		return "", fmt.Errorf("%s: %w: get it from its source again", file+signatureSuffix, err)
	case err != nil:
		return "", fmt.Errorf("%s is not what was signed (%w): get it from its source again", file, err)
	}
	names, reason := s.Names(sig, time.Now())
	if reason != "" {
		return "", fmt.Errorf("%s is signed by %s, which is not accepted: %s", file, sig.Fingerprint(), reason)
	}
	return names, nil
}
