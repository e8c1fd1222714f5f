// Command several is an app of several packages.
package main

import "github.com/graduationkit/ringcentral/gradtest/drift/testdata/corpus/several/internal/crm"

func main() {
	c := crm.New("https://platform.ringcentral.com")
	c.Extension()
	c.Log()
	c.Send()
}
