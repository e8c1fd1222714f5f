package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// shells are those that cobra writes completion scripts for.
var shells = []string{"bash", "zsh", "fish", "powershell"}

func newCompletion() *cobra.Command {
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Write a script that completes commands in a shell",
		Long: `Writes the completion script of a shell to standard output: bash, zsh, fish or powershell.
It completes verbs, flags, and their values: operations, app scopes, policies, editions,
error codes, and the apps and endpoints of which there is evidence.

The shell completes the command "gradtest", so the command has to be on PATH by that name:
"go install tool" puts the tools of a module there. It does not complete "go tool gradtest".`,
		Example: `  . <(gradtest completion bash)                                # in ~/.bashrc
  gradtest completion zsh > "${fpath[1]}/_gradtest"            # once
  gradtest completion fish > ~/.config/fish/completions/gradtest.fish
  gradtest completion powershell | Out-String | Invoke-Expression`,
		ValidArgs:             shells,
		DisableFlagsInUseLine: true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || !slices.Contains(shells, args[0]) {
				return fmt.Errorf("completion: name one shell: %s", strings.Join(shells, ", "))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			return writeCompletion(c.OutOrStdout(), c.Root(), args[0])
		},
	}
}

func writeCompletion(w io.Writer, root *cobra.Command, shell string) error {
	switch shell {
	case "bash":
		return root.GenBashCompletionV2(w, true)
	case "zsh":
		return root.GenZshCompletion(w)
	case "fish":
		return root.GenFishCompletion(w, true)
	}
	return root.GenPowerShellCompletionWithDesc(w)
}
