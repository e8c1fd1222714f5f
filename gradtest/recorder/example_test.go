package recorder_test

import (
	"fmt"
	"io"
	"net/http"
	"os"

	"github.com/graduationkit/ringcentral/gradtest/recorder"
)

// A program with its own environment calls the emulator through the recorder.
func Example() {
	r, err := recorder.Start(recorder.Config{Emulator: true})
	if err != nil {
		panic(err)
	}
	// cmd.Env = r.Environ(os.Environ()) starts a program with the recorder's URL and the emulator's credentials.
	resp, err := http.Get(r.URL() + "/restapi/v1.0/account/~/extension/~/call-log")
	if err != nil {
		panic(err)
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	_ = resp.Body.Close()
	if err := r.Close(); err != nil {
		panic(err)
	}
	s := r.Summary()
	for _, op := range s.Operations {
		fmt.Println(op.ID, op.Group, op.Scope, op.Calls, op.Statuses)
	}
	fmt.Println(s.Scopes)
	// Output:
	// readUserCallLog Heavy ReadCallLog 1 map[401:1]
	// [ReadCallLog]
}

// Run records a program from its start to its end.
func ExampleRun() {
	program := recorder.Program{Args: []string{"go", "version"}, Stdout: io.Discard, Stderr: os.Stderr}
	s, status, err := recorder.Run(recorder.Config{Emulator: true}, program)
	fmt.Println(status, err)
	fmt.Println(s.Notes[0][:20])
	// Output:
	// 0 <nil>
	// No call was seen. Th
}
