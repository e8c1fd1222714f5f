package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/discover"
)

// compare scans the working tree and the revision that it is compared with.
func (s *scan) compare(ctx context.Context, stderr io.Writer) (change discover.Change, err error) {
	dir := s.config.Dir
	prefix, err := git(ctx, dir, "rev-parse", "--show-prefix")
	if err != nil {
		return change, fmt.Errorf("--base needs a git repository: %w", err)
	}
	commit, err := git(ctx, dir, "rev-parse", "--verify", "--quiet", "--end-of-options", s.base+"^{commit}")
	if err != nil {
		return change, fmt.Errorf("--base %s: there is no such commit: fetch it, in CI with a full clone (fetch-depth: 0)", s.base)
	}
	after, err := s.scan(ctx, stderr, s.config)
	if err != nil {
		return change, err
	}
	temp, err := os.MkdirTemp("", "gradtest-scan-")
	if err != nil {
		return change, err
	}
	defer os.RemoveAll(temp)
	tree := filepath.Join(temp, "base")
	if _, err := git(ctx, dir, "worktree", "add", "--quiet", "--detach", tree, commit); err != nil {
		return change, fmt.Errorf("--base %s: check out the commit: %w", s.base, err)
	}
	defer git(context.WithoutCancel(ctx), dir, "worktree", "remove", "--force", tree)
	old := s.config
	old.Dir = filepath.Join(tree, filepath.FromSlash(prefix))
	before := discover.Result{}
	if goFiles(old.Dir) { // else the module is new
		if before, err = s.scan(ctx, io.Discard, old); err != nil {
			return change, fmt.Errorf("--base %s: %w", s.base, err)
		}
	}
	return discover.Compare(before, after), nil
}

// goFiles reports whether a folder has Go files anywhere.
func goFiles(dir string) (found bool) {
	filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".go" {
			found = true
			return filepath.SkipAll
		}
		return nil
	})
	return found
}

// git runs git in a folder and returns its output without the last newline. An error has git's own message.
func git(ctx context.Context, dir string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = dir
	var out, msg bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &msg
	if err := cmd.Run(); err != nil {
		if text := strings.TrimSpace(msg.String()); text != "" {
			return "", fmt.Errorf("%s", strings.TrimPrefix(text, "fatal: "))
		}
		return "", fmt.Errorf("git %s: %w", args[0], err)
	}
	return strings.TrimSpace(out.String()), nil
}
