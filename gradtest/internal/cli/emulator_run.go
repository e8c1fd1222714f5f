package cli

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/internal/child"
	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
)

// run runs a program on the emulator and returns its exit status as an error, unless it is 0.
func (e *emulator) run(c *cobra.Command, program []string) error {
	status, err := e.runProgram(c, program)
	if err != nil {
		return fmt.Errorf("emulator: %w", err)
	}
	if status != 0 {
		return exitStatus(status)
	}
	return nil
}

func (e *emulator) runProgram(c *cobra.Command, program []string) (status int, err error) {
	h, err := e.handler()
	if err != nil {
		return 0, err
	}
	l, err := listenOn(c.Context(), e.addr)
	if err != nil {
		return 0, err
	}
	server := e.server(h, l, c.ErrOrStderr())
	go func() { _ = server.Serve(l) }() // it ends by shutdown; a failure before is the program's to report
	defer shutdown(server)

	var set []string
	for _, v := range variables(address(l.Addr()), h.Credentials()) {
		set = append(set, v.Name+"="+v.Value)
	}
	end, err := child.Command{
		Args:  program,
		Env:   child.Environ(os.Environ(), environ.CredentialNames(), set),
		Stdin: c.InOrStdin(), Stdout: c.OutOrStdout(), Stderr: c.ErrOrStderr(),
	}.Run()
	return end.Status, err
}

// afterDash refuses arguments that do not follow "--".
func afterDash(c *cobra.Command, args []string) error {
	dash := c.ArgsLenAtDash()
	if dash < 0 && len(args) > 0 || dash > 0 {
		return fmt.Errorf("%sunexpected argument %q: put -- before the program to run, as in %s -- npm test",
			lead(c), args[0], c.CommandPath())
	}
	if dash == 0 && len(args) == 0 {
		return fmt.Errorf("%sno program after --: add it, as in %s -- npm test", lead(c), c.CommandPath())
	}
	return nil
}
