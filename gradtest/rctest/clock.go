package rctest

import "time"

// clock is what the emulator takes for the time. The zero value is the machine's.
type clock struct{}

// now is the emulator's time. In a testing/synctest bubble it is virtual.
func (c *clock) now() time.Time { return time.Now() }
