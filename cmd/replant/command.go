package main

import (
	"context"
	"io"
	"log/slog"

	"github.com/spf13/cobra"
)

// op is what a command line asks for.
type op interface {
	// run does it and returns the exit code.
	run(ctx context.Context, std streams) (int, error)
	// logger returns what writes its messages to w.
	logger(w io.Writer) *slog.Logger
}

// verbs returns the side verbs. A verb reads its command line and passes an op to do; it does
// nothing itself.
func verbs(do func(op)) []*cobra.Command {
	return []*cobra.Command{
		newVerb(do),
		initVerb(do),
		adoptVerb(do),
		settleVerb(do),
		diffVerb(do),
		checkVerb(do),
		statusVerb(do),
		reviewVerb(do),
		manVerb(),
		versionVerb(),
	}
}

const help = `replant carries a blog from its feed into a Hugo or Zola site, and keeps it up to date.

FEED is the address of an RSS, Atom or JSON feed, a file, or - for standard input; or an
export: its file, the folder that it was unpacked to, or all of its parts.
SITE is the site's folder; it is made when there is none. Every post becomes a page
with its pictures beside it. Run it again to bring what is new; pages that you edited
stay yours. With SITE alone, every feed that the site came from is synced.`

const examples = `  replant -n https://dev.to/feed/ben blog   look first
  replant https://dev.to/feed/ben blog      migrate, or sync
  replant -q blog                           sync from cron`

// parse reads a command line. It is pure but for help, version and completion, which
// it writes to out; then, and for errors, the op is nil.
func parse(args []string, out io.Writer) (op, error) {
	var o op
	cmd := command(func(got op) { o = got })
	cmd.SetArgs(args)
	cmd.SetOut(out)
	cmd.SetErr(io.Discard)
	err := cmd.Execute()
	if err == nil || isUsage(err) {
		return o, err
	}
	return nil, usage("", "%v", err)
}

// command is the whole command line: the run at its root, the side verbs below.
func command(do func(op)) *cobra.Command {
	o, version := newOptions(), false
	root := &cobra.Command{
		Use: "replant [flags] FEED SITE", Short: "carry a blog from its feed into a Hugo or Zola site", Long: help, Example: examples,
		SilenceErrors: true, SilenceUsage: true,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if version {
				return sayVersion(cmd.OutOrStdout())
			}
			if err := o.check(args); err != nil {
				return err
			}
			do(o)
			return nil
		},
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return flagError(c.Flags(), err) })
	o.define(root.Flags())
	// With cobra's own flag the words would be "replant version devel". Its SetVersionTemplate
	// links text/template: 2 MB.
	root.Flags().BoolVar(&version, "version", false, "print the version")
	root.AddCommand(verbs(do)...)
	root.SetHelpCommand(helpVerb())
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	demandShell(root)
	root.SetUsageFunc(writeUsage)
	completeWords(root)
	return root
}
