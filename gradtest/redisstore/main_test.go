package redisstore

import (
	"flag"
	"os"
	"testing"
)

// TestMain lets as many tests run at a time as there are: they wait for servers and windows, and not for a processor. A
// -parallel on the command line still counts.
func TestMain(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "test.parallel" })
	if !given {
		if err := flag.Set("test.parallel", "32"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
