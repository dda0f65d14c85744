package main

import (
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func manVerb() *cobra.Command {
	return &cobra.Command{
		Use: "man DIR", Short: "Write the manual's pages into a folder",
		Long:    "Write the manual's pages into a folder: replant.1, and one for each verb.",
		Example: "  replant man ~/.local/share/man/man1 && man replant",
		Args:    cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("replant man ~/.local/share/man/man1", "man: name a folder")
			}
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return err
			}
			cmd.Root().DisableAutoGenTag = true
			return doc.GenManTree(cmd.Root(), &doc.GenManHeader{Title: "REPLANT", Section: "1", Source: "replant " + release()}, args[0])
		},
	}
}
