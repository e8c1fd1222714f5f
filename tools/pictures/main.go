// Command pictures makes the pictures of the README from real runs on the emulator:
//
//	go run ./tools/pictures
//
// It writes docs/img/terminal.svg, the output of examples/qasweep, and docs/img/report.png, the HTML report of an app
// that is not ready. The second one needs Chromium (apt-get install chromium). Run it in the root of the clone.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
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
	command := []string{"go", "run", "./examples/qasweep"}
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%v: %w: run it in the root of the clone, without RC_ and GRADTEST_ variables", command, err)
	}
	svg := terminal("go run ./examples/qasweep", shorten(string(out)))
	if err := os.WriteFile(filepath.Join(dir, "terminal.svg"), []byte(svg), 0o644); err != nil {
		return err
	}
	page, err := reportPage(ctx)
	if err != nil {
		return err
	}
	png, err := screenshot(ctx, browser, page)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "report.png"), png, 0o644)
}
