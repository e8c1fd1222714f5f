// Command pictures makes the pictures of the README from real runs on the emulator:
//
//	go run ./tools/pictures
//
// It writes docs/img/terminal.svg, the output of examples/qasweep, docs/img/report.png, the HTML report of an app
// that is not ready, and docs/img/dashboard.png, the dashboard while a sweep waits. The last two need Chromium (apt-get
// install chromium). Run it in the root of the clone.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	dir := flag.String("o", "docs/img", "`folder` of the pictures")
	browser := flag.String("chromium", "chromium", "`program` that renders the page")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	if err := run(ctx, *dir, *browser); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dir, browser string) error {
	svg, err := sweepPicture(ctx, ".")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "terminal.svg"), []byte(svg), 0o644); err != nil {
		return err
	}
	page, err := reportPage(ctx)
	if err != nil {
		return err
	}
	png, err := screenshot(ctx, browser, data(page), "#endpoints", "true")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "report.png"), png, 0o644); err != nil {
		return err
	}
	if png, err = dashboardPicture(ctx, browser); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "dashboard.png"), png, 0o644)
}

// sweepPicture runs examples/qasweep in the root of the clone and draws its output.
func sweepPicture(ctx context.Context, root string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", "run", "./examples/qasweep")
	cmd.Dir, cmd.Stderr = root, os.Stderr
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "RC_") && !strings.HasPrefix(v, "RINGCENTRAL_") && !strings.HasPrefix(v, "GRADTEST_") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%v: %w: run it in the root of the clone", cmd.Args, err)
	}
	return terminal("go run ./examples/qasweep", shorten(string(out))), nil
}
