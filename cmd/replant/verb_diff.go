package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/afero"
	"github.com/spf13/cobra"

	"replant/migrate"
)

const diffHelp = `Show what you changed on pages, and what their sources changed where that waits.

Both are compared with the page as replant wrote it last. PATH is a page, or the site's folder
for all pages that you changed or that wait. Nothing is read but the site, and nothing is
written. On a terminal the text goes through $PAGER.`

// differing is replant diff PATH…
type differing struct {
	options
	paths []string
}

func diffVerb(do func(op)) *cobra.Command {
	o := &differing{}
	cmd := &cobra.Command{
		Use: "diff PATH...", Short: "Show what you changed on pages, and what their sources did", Long: diffHelp,
		Example: `  replant diff blog/content/posts/hello/index.md
  replant diff blog`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			o.paths = args
			do(o)
			return nil
		},
	}
	cmd.Flags().BoolVarP(&o.say.quiet, "quiet", "q", false, "say nothing of pages that nobody changed")
	return cmd
}

func (o *differing) run(ctx context.Context, std streams) (int, error) {
	var pages []string
	var err error
	if o.site, pages, err = pagesAt(o.paths); err != nil {
		return 0, err
	}
	o.dryRun = true // nothing is written
	return o.withSession(ctx, std, func(v *session) (int, error) {
		all, label, err := v.comparisons(pages)
		if err != nil {
			return 0, err
		}
		return exitDone, paged(std, func(w io.Writer) error { return o.compare(w, all, label) })
	})
}

// comparisons returns the versions of pages, and how these are named.
func (v *session) comparisons(pages []string) ([]migrate.Comparison, func(string) string, error) {
	m := &migrate.Migration{Site: afero.NewReadOnlyFs(v.disk), Scratch: v.work.scratch}
	all, label, err := m.Compare(pages)
	switch {
	case errors.Is(err, migrate.ErrNoPage):
		return nil, nil, usage("", "%s: %w", v.o.site, err)
	case err != nil:
		return nil, nil, v.about(err)
	}
	return all, label, nil
}

// compare prints both sides of each page.
func (o *options) compare(w io.Writer, all []migrate.Comparison, label func(string) string) error {
	if len(all) == 0 && !o.say.quiet {
		fmt.Fprintln(w, "nothing to show: all pages are as replant wrote them, and none waits")
	}
	for _, v := range all {
		if err := o.sides(w, v, label(v.Page)); err != nil {
			return err
		}
	}
	return nil
}

// sides prints what the author changed on a page, and what the source did.
func (o *options) sides(w io.Writer, v migrate.Comparison, name string) error {
	say := func(format string) { fmt.Fprintf(w, format+"\n", migrate.Printable(name)) }
	show := migrate.Show{Color: o.say.color}
	switch {
	case !v.Base.Content.Exists() && v.Waits():
		say("%s: another page lies here than the post's; the source has")
		return show.Compare(w, v.Mine, v.Source)
	case !v.Base.Content.Exists():
		say("%s: what replant wrote last is not there any more, so nobody knows what you changed")
		return nil
	case !v.Edited() && !v.Waits():
		if !o.say.quiet {
			say("%s: as replant wrote it, and nothing waits")
		}
		return nil
	case !v.Mine.Content.Exists():
		say("%s: you deleted it, or moved it since the last change of its post")
	case v.Edited():
		say("%s: what you changed")
		if err := show.Compare(w, v.Base, v.Mine); err != nil {
			return err
		}
	}
	if !v.Waits() {
		return nil
	}
	say("%s: what the source changed, which waits")
	return show.Compare(w, v.Base, v.Source)
}
