package main

import (
	"context"

	"github.com/spf13/cobra"

	"replant/migrate"
)

const checkHelp = `Compare the pages in a site with the posts of its feeds, and change nothing.

A line says what a page does not show as its post does: "lost" is what replant's own page
never had, "edited" what you changed since, "behind" a page whose post has changed at the
source, "missing" a post without a page. The exit code is 3 when anything is lost, behind
or missing. With SITE alone, every feed that the site came from is read.`

// checking is replant check.
type checking struct{ *options }

func checkVerb(do func(op)) *cobra.Command {
	o := newOptions()
	cmd := &cobra.Command{
		Use: "check [flags] [FEED] SITE", Short: "Say what the pages of a site do not show of their posts", Long: checkHelp,
		Example: `  replant check blog
  replant check -q https://dev.to/feed/ben blog`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := o.check(args); err != nil {
				return err
			}
			do(checking{o})
			return nil
		},
	}
	cmd.Flags().SortFlags = false
	o.say.define(cmd.Flags())
	o.defineRead(cmd.Flags())
	return cmd
}

func (o checking) run(ctx context.Context, std streams) (int, error) {
	o.dryRun = true
	return o.withSession(ctx, std, func(v *session) (int, error) { return v.prove(ctx) })
}

// prove reads, compares and reports.
func (v *session) prove(ctx context.Context) (int, error) {
	if _, err := migrate.Remembered(v.disk); err != nil {
		return 0, v.about(err)
	}
	out, err := v.compute(ctx, (*migrate.Migration).Check)
	if err != nil {
		return 0, err
	}
	v.o.tell(out, v.std.log)
	switch {
	case v.o.say.json:
		err = v.o.writeJSON(v.std.out, out)
	case v.o.say.summary != "":
		err = v.o.writeSummary(v.std.out, out)
	default:
		if err = out.Plan.Write(v.std.out, v.o.lines(out)); err == nil {
			err = v.o.close(v.std.out, out)
		}
	}
	return v.o.code(out), err
}
