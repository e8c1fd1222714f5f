//go:build !linux

package discover_test

func peakMemory() int64 { return 0 }
