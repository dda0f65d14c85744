package main

import "github.com/spf13/cobra"

func helpVerb() *cobra.Command {
	return &cobra.Command{
		Use: "help [VERB]", Short: "Say how replant, or a verb of it, is used",
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			switch {
			case err != nil:
				return err
			case len(rest) > 0:
				return usage(verbHint(rest[0]), "%s: no such command", rest[0])
			}
			return about.Help()
		},
	}
}
