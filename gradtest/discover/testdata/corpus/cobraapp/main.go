// Package main is a command-line app with cobra.
package main

import (
	"fmt"
	"net/http"
	"os"

	"github.com/spf13/cobra"
)

type session struct{ server string }

func (s *session) get(path string) error {
	resp, err := http.Get(s.server + path)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	fmt.Println(resp.Status)
	return nil
}

func logCommand(s *session) *cobra.Command {
	var company bool
	c := &cobra.Command{Use: "log", RunE: func(*cobra.Command, []string) error {
		if company {
			return s.get("/restapi/v1.0/account/~/call-log") // want "readCompanyCallLog"
		}
		return s.get("/restapi/v1.0/account/~/extension/~/call-log") // want "readUserCallLog"
	}}
	c.Flags().BoolVar(&company, "company", false, "")
	return c
}

func messageCommand(s *session) *cobra.Command {
	return &cobra.Command{Use: "message ID", RunE: func(_ *cobra.Command, args []string) error {
		path := "/restapi/v1.0/account/~/extension/~/message-store"
		if len(args) > 0 {
			path += "/" + args[0]
		}
		return s.get(path) // want "listMessages" "readMessage"
	}}
}

func main() {
	s := &session{}
	root := &cobra.Command{Use: "rc"}
	root.PersistentFlags().StringVar(&s.server, "server", "https://platform.ringcentral.com", "")
	root.AddCommand(logCommand(s), messageCommand(s))
	if root.Execute() != nil {
		os.Exit(1)
	}
}
