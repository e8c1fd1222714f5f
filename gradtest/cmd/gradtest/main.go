// Command gradtest reads the evidence that graduation tests have kept, searches the platform's catalogue and serves an
// emulator of the platform.
//
//	go tool gradtest status             # the verdict, rule by rule
//	go tool gradtest plan               # what is missing, how long it takes, when to apply
//	go tool gradtest report -f html     # the same for somebody else
//	go tool gradtest ops sms            # the operations of the platform
//	go tool gradtest emulator           # the platform on a loopback port
//	go tool gradtest ledger verify      # whether the evidence is as it was written
//
// Each command explains itself with --help. The exit status is 0 for ready or done, 1 for not ready, 2 for an error.
package main

import (
	"os"
	"runtime/debug"

	"github.com/graduationkit/ringcentral/gradtest/internal/cli"
)

func main() {
	// A judgement makes little that lasts and is over in a moment: collecting it less often is a tenth of the time. The
	// emulator stays, and is to be small.
	if serves := len(os.Args) > 1 && os.Args[1] == "emulator"; !serves && os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr, os.Getenv))
}
