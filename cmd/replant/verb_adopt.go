package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"replant/migrate"
)

const adoptHelp = `Show which pages of a site are posts of a feed, and record them.

For a site that was migrated by hand or by another tool. A page is a post's when its front
matter names the post's address, when it is published at the post's path, or when it has
its title and date. Pages stay as they are, and so does everything else; from then on the
post's changes come into them. A plain run adopts them as well, beside bringing the posts
that have no page.`

func adoptVerb(do func(op)) *cobra.Command {
	o := &adoptOp{options: newOptions()}
	cmd := &cobra.Command{
		Use: "adopt [flags] FEED SITE", Short: "Take over the pages that a site has of a feed's posts", Long: adoptHelp,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usage("replant adopt FEED SITE", "adopt: name a feed and the site's folder")
			}
			if err := o.check(args); err != nil {
				return err
			}
			do(o)
			return nil
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().BoolVarP(&o.yes, "yes", "y", false, "record them without asking")
	o.defineLook(cmd.Flags())
	o.say.define(cmd.Flags())
	o.defineForm(cmd.Flags())
	o.defineRead(cmd.Flags())
	return cmd
}

// adoptOp is replant adopt.
type adoptOp struct {
	*options
	yes bool
}

func (o *adoptOp) run(ctx context.Context, std streams) (int, error) {
	if !o.dryRun && !o.yes && (!isTerminal(std.in) || !isTerminal(std.out)) {
		return 0, usage("-y records them, -n only shows them", "adopt: asks before it records, and this is no terminal")
	}
	o.migration.Adopt = true
	return o.withSession(ctx, std, func(v *session) (int, error) { return o.work(ctx, v) })
}

// work shows what is found and, once the author agrees, records it.
func (o *adoptOp) work(ctx context.Context, v *session) (int, error) {
	if o.dryRun || o.yes {
		return v.sync(ctx)
	}
	out, err := v.plan(ctx)
	if err != nil {
		return 0, err
	}
	v.o.tell(out, v.std.log)
	n := out.Plan.Count()[migrate.Adopted]
	show := o.lines(out)
	show.Done, show.Waiting = false, false
	if err := out.Plan.Write(v.std.out, show); err != nil || n == 0 {
		return v.o.code(out), err
	}
	if !agreed(interruptible(ctx, v.std.in), v.std.out, fmt.Sprintf("Record %d of them? Pages stay as they are. [y/N] ", n)) {
		return exitDone, nil
	}
	return v.o.code(out), v.apply(ctx, out)
}

// agreed asks a question and reports whether the answer is yes.
func agreed(in io.Reader, out io.Writer, question string) bool {
	fmt.Fprint(out, question)
	answer, _ := bufio.NewReader(in).ReadString('\n') // an end without an answer is none
	return slices.Contains([]string{"y", "yes"}, strings.ToLower(strings.TrimSpace(answer)))
}
