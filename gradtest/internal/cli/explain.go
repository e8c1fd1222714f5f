package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// explanation is the result of explain, as --json writes it.
type explanation struct {
	Schema     string `json:"schema"`
	Code       string `json:"code"`
	Status     int    `json:"status,omitempty"` // HTTP status; absent: none is documented
	Meaning    string `json:"meaning"`
	Fix        string `json:"fix"`
	Documented bool   `json:"documented"` // false: only the family of the code is known
}

func newExplain() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "explain CODE",
		Short: "Explain an error code of the platform",
		Long: `Says what an error code means, which HTTP status it comes with, and what to do. The code
is in the response, in errorCode or in errors, and in the listing of gradtest calls.`,
		Example: `  gradtest explain CMN-401
  gradtest explain MSG-245 --json`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("explain: name one error code, as in %s CMN-401", c.CommandPath())
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			e, known := rcapi.ExplainCode(args[0])
			if e.Code == "" {
				return fmt.Errorf("explain: %q is no error code of the platform: a code is three letters, a hyphen and "+
					"three digits, such as CMN-401", args[0])
			}
			if asJSON {
				return writeJSON(c.OutOrStdout(), explanation{explainSchema, e.Code, e.Status, e.Meaning, e.Fix, known})
			}
			return explain(c, e)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return c
}

func explain(c *cobra.Command, e rcapi.ErrorCode) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s", e.Code)
	if e.Status != 0 {
		fmt.Fprintf(&b, " (HTTP %d)", e.Status)
	}
	fmt.Fprintf(&b, ": %s.\n%s\n", e.Meaning, e.Fix)
	_, err := fmt.Fprint(c.OutOrStdout(), b.String())
	return err
}
