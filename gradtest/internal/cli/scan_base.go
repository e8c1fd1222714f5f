package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/discover"
	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
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
	// Hooks are for people who check out.
	if _, err := git(ctx, dir, "-c", "core.hooksPath="+os.DevNull, "worktree", "add", "--quiet", "--detach", tree, commit); err != nil {
		return change, fmt.Errorf("--base %s: check out the commit: %w", s.base, err)
	}
	defer git(context.WithoutCancel(ctx), dir, "worktree", "remove", "--force", tree)
	old := s.config
	old.Dir = filepath.Join(tree, filepath.FromSlash(prefix))
	old.Patterns = there(old.Dir, old.Patterns)
	before := discover.Result{}
	if goFiles(old.Dir) && (len(s.config.Patterns) == 0 || len(old.Patterns) > 0) { // else all of it is new
		if before, err = discover.Scan(ctx, old); err != nil {
			return change, fmt.Errorf("--base %s: %s", s.base, strings.TrimPrefix(err.Error(), "discover: "))
		}
	}
	for _, n := range before.Notes {
		if !slices.Contains(after.Notes, n) { // its calls may be taken for new ones
			fmt.Fprintf(stderr, "gradtest: scan: at %s: %s\n", s.base, safetext.Clean(n))
		}
	}
	return discover.Compare(before, after), nil
}

// there returns the patterns without those of folders that do not exist.
func there(dir string, patterns []string) []string {
	return slices.DeleteFunc(slices.Clone(patterns), func(p string) bool {
		if !strings.HasPrefix(p, ".") {
			return false
		}
		folder, _, _ := strings.Cut(p, "...")
		_, err := os.Stat(filepath.Join(dir, filepath.FromSlash(folder)))
		return err != nil
	})
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
