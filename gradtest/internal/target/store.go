package target

import (
	"log/slog"
	"path/filepath"

	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
	"github.com/graduationkit/ringcentral/gradtest/internal/limits"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcauth"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// sharedStore is a store for several machines, with the limits and the token that go with it.
type sharedStore interface {
	ledger.Store
	ledger.Gater
	rcauth.TokenCacher
	Path() string
	Close() error
}

// openStore decides where the evidence is kept and what keeps the rate limits.
func (t *Target) openStore(cfg Config, env environ.Values, dest destination) error {
	if cfg.Store != nil {
		t.Store, t.Gate = cfg.Store, nil
		if s, ok := cfg.Store.(rcauth.TokenCacher); ok {
			t.share = s.TokenCache
		}
	}
	var err error
	switch {
	case t.Store != nil:
	case env.Redis != "":
		err = t.openShared(env.Redis, dest, cfg.Log)
	default:
		err = t.openDir(env.Dir, dest)
	}
	if err != nil {
		return err
	}
	if s, ok := t.Store.(ledger.WaitNotifier); ok && cfg.Locked != nil {
		stop := s.NotifyWait(cfg.Locked)
		t.closers = append(t.closers, func() error { stop(); return nil })
	}
	if cfg.Gate != nil {
		t.Gate = cfg.Gate
	}
	if s, ok := t.Store.(ledger.Gater); ok && t.Gate == nil {
		t.Gate = s.Gate(nil)
	}
	if t.Gate == nil {
		t.Gate = window.NewMemory(limits.Documented())
	}
	return nil
}

// openShared opens the evidence that several machines share.
func (t *Target) openShared(url string, dest destination, log *slog.Logger) (err error) {
	s, err := openRedis(url, evidence.AppName(dest.origin.Host, dest.clientID), log)
	if err != nil {
		return err
	}
	t.Store, t.Evidence, t.share = s, s.Path(), s.TokenCache
	t.closers = append(t.closers, s.Close)
	t.Marks, err = evidence.ModuleDir()
	return err
}

// openDir opens the evidence of this machine.
func (t *Target) openDir(dir string, dest destination) error {
	root, err := evidence.Dir(dir)
	if err != nil {
		return err
	}
	if err := evidence.Create(root); err != nil {
		return err
	}
	app := evidence.AppName(dest.origin.Host, dest.clientID)
	d, err := ledger.Open(filepath.Join(root, app))
	if err != nil {
		return err
	}
	t.Store, t.Evidence = d, root
	t.share = func(user string) rcauth.TokenCache { return rcauth.File(evidence.TokenFile(root, app, user)) }
	t.closers = append(t.closers, d.Close)
	t.Marks, err = evidence.ModuleDir()
	return err
}
