// Command gradtest reports on the evidence that graduation tests have recorded, searches the platform's catalogue and
// serves an emulator of the platform.
//
//	go tool gradtest status             # the verdict, rule by rule
//	go tool gradtest plan               # what is missing, how long it takes, when to apply
//	go tool gradtest scopes             # which app scopes to add and to remove
//	go tool gradtest report -f html     # the same as a web page
//	go tool gradtest bundle             # evidence and verdict as one file for a reviewer; verify judges it anew
//	go tool gradtest dashboard          # the report as a page that follows the tests
//	go tool gradtest ops sms            # search the operations of the platform
//	go tool gradtest vet                # where the code's calls and the declaration differ
//	go tool gradtest emulator           # an emulator of the platform on a loopback port
//	go tool gradtest ledger verify      # check the evidence for damage
//
// Each command has --help. The exit status is 0 for ready or done, 1 for not ready, and 2 for an error. As the tool of
// go vet (-vettool) it is the analyzer of package drift.
package main

import (
	"os"
	"runtime/debug"
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/internal/cli"
)

func main() {
	// Most commands run for a moment and keep little memory; fewer garbage collections make them 10 % faster. Those that
	// keep running, or every call in memory, collect more often: the emulator stays below 50 MB (go run
	// ./tools/loadbench), and a page over 100,000 calls below 200 MB (go run ./tools/speeds).
	if os.Getenv("GOGC") == "" {
		percent := 400
		if len(os.Args) > 1 && slices.Contains([]string{"emulator", "dashboard", "report", "bundle", "verify"}, os.Args[1]) {
			percent = 60
		}
		debug.SetGCPercent(percent)
	}
	cli.VetTool(os.Args[1:]) // go vet -vettool
	os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr, os.Getenv))
}
