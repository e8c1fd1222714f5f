package source

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// list lists packages. A workspace or a vendor folder that does not fit its modules costs a note and not the answer.
func list(cfg *packages.Config, patterns []string) (roots []*packages.Package, notes []string, err error) {
	roots, err = packages.Load(cfg, patterns...)
	if err == nil {
		return roots, nil, nil
	}
	retry := *cfg
	text := sentence(err.Error())
	note := ""
	switch {
	case strings.Contains(err.Error(), "inconsistent vendoring"):
		retry.BuildFlags = append(slices.Clone(cfg.BuildFlags), "-mod=readonly")
		note = "the vendor folder does not fit go.mod, so modules were read from the module cache: run go mod vendor"
	case strings.Contains(err.Error(), "go.work"):
		retry.Env = append(os.Environ(), "GOWORK=off")
		note = "the workspace was left out (" + text + "): fix go.work"
	default:
		return nil, nil, err
	}
	if again, err := packages.Load(&retry, patterns...); err == nil {
		return again, []string{note}, nil
	}
	return nil, nil, err
}

// noteModules notes modules below the scanned folder that the pattern ./... does not match, if they mention the
// platform.
func (l *loader) noteModules(roots []*packages.Package) {
	root := where(l.config.Dir)
	if !slices.Equal(l.config.Patterns, []string{"./..."}) {
		return
	}
	scanned := func(dir string) bool {
		return slices.ContainsFunc(roots, func(p *packages.Package) bool { return p.Module != nil && p.Module.Dir == dir })
	}
	for _, dir := range l.workspaceModules() {
		rel, err := filepath.Rel(root, dir)
		if err == nil && strings.HasPrefix(rel, "..") && !scanned(dir) && mentionsPlatform(dir) { // one below is found below
			l.prog.note("module %s of the workspace was not scanned: name ./... and %s/... to scan both", filepath.Base(dir), filepath.ToSlash(rel))
		}
	}
	seen := 0
	_ = filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		switch {
		case err != nil || !d.IsDir() || path == root:
			return nil
		case seen > 20_000 || strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "_") || d.Name() == "testdata" ||
			d.Name() == "vendor" || d.Name() == "node_modules":
			return filepath.SkipDir
		}
		seen++
		if !exists(filepath.Join(path, "go.mod")) {
			return nil
		}
		if rel, err := filepath.Rel(root, path); err == nil && !scanned(path) && mentionsPlatform(path) {
			rel = filepath.ToSlash(rel)
			l.prog.note("folder %s is a module of its own and was not scanned: scan it with -C %s", rel, rel)
		}
		return filepath.SkipDir
	})
}

// workspaceModules returns the folders of the modules of the workspace that the scanned folder is in.
func (l *loader) workspaceModules() (dirs []string) {
	if os.Getenv("GOWORK") == "off" {
		return nil
	}
	for d := where(l.config.Dir); ; d = filepath.Dir(d) {
		if exists(filepath.Join(d, "go.work")) {
			for _, p := range workspace(context.Background(), d) {
				dirs = append(dirs, strings.TrimSuffix(p, "/..."))
			}
			return dirs
		}
		if d == filepath.Dir(d) {
			return nil
		}
	}
}

// mentionsPlatform reports whether a Go file below a folder has a word of the platform in it.
func mentionsPlatform(dir string) (found bool) {
	_ = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err == nil && (strings.Contains(string(text), "restapi") || strings.Contains(strings.ToLower(string(text)), "ringcentral")) {
			found = true
			return filepath.SkipAll
		}
		return nil
	})
	return found
}
