package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/afero"
	"github.com/spf13/cobra"

	"replant/migrate"
)

// settling is replant settle mine|source PATH…, or without a choice the list of what waits.
type settling struct {
	options
	choice migrate.Choice
	paths  []string
}

func settleVerb(do func(op)) *cobra.Command {
	o := &settling{}
	cmd := &cobra.Command{
		Use: "settle [mine|source] PATH...", Short: "Settle pages that you and the source have both changed, or that it has less of",
		Long: `Settle pages that you and the source have both changed, or whose source has less now.

With mine, a page stays as it is; with source, it becomes the source's version. PATH is a
page, or the site's folder for all pages that wait. Without either word, the pages that
wait are listed; without a PATH, those of the site that you are in. A page that you have
merged by hand needs no settling: the next run sees it.`,
		Example: `  replant settle blog
  replant settle mine blog/content/posts/hello/index.md
  replant settle -n source blog`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := o.choose(args); err != nil {
				return err
			}
			do(o)
			return nil
		},
	}
	cmd.Flags().SortFlags = false
	o.defineLook(cmd.Flags())
	o.defineReport(cmd.Flags())
	o.defineWait(cmd.Flags())
	return cmd
}

// choose reads the arguments.
func (o *settling) choose(args []string) error {
	chooses := len(args) > 0 && (args[0] == string(migrate.Mine) || args[0] == string(migrate.Source))
	switch {
	case len(args) < 2 && !chooses: // a list
		o.paths = args
		return o.checkReport()
	case !chooses:
		return usage("", "%s: say mine or source, then the pages", args[0])
	case len(args) == 1:
		return usage("the site's folder stands for all pages that wait", "name the pages to settle")
	}
	o.choice, o.paths = migrate.Choice(args[0]), args[1:]
	return o.checkReport()
}

func (o *settling) run(ctx context.Context, std streams) (int, error) {
	pages, err := o.locate()
	if err != nil {
		return 0, err
	}
	o.dryRun = o.dryRun || o.choice == ""
	return o.withSession(ctx, std, func(v *session) (int, error) {
		m := &migrate.Migration{Site: afero.NewReadOnlyFs(v.disk), Scratch: v.work.scratch}
		out, err := o.settle(m, pages)
		switch {
		case errors.Is(err, migrate.ErrNoConflict):
			return 0, usage("", "%s: %w", o.site, err)
		case err != nil:
			return 0, v.about(err)
		}
		return v.finish(ctx, out)
	})
}

// settle plans what was chosen, or lists what waits.
func (o *settling) settle(m *migrate.Migration, pages []string) (*migrate.Outcome, error) {
	if o.choice == "" {
		return m.Waiting(pages)
	}
	return m.Settle(o.choice, pages)
}

// locate finds the site that the paths lie in and makes them paths of pages there. It
// returns none where the site itself is named.
func (o *settling) locate() (pages []string, err error) {
	paths := o.paths
	if len(paths) == 0 {
		paths = []string{"."}
	}
	for _, name := range paths {
		full, err := filepath.Abs(name)
		if err != nil {
			return nil, err
		}
		site := siteOf(full)
		switch {
		case site == "" && len(o.paths) == 0:
			return nil, usage("replant settle mine PATH, or replant settle source PATH", "say whose version is right, and of which page")
		case site == "" && o.choice == "":
			return nil, usage("replant settle mine PATH, or replant settle source PATH", "%s: neither mine, nor source, nor in a site that replant knows", name)
		case site == "":
			return nil, usage("", "%s: lies in no site that replant knows", name)
		}
		if o.site != "" && o.site != site {
			return nil, usage("settle one site after the other", "%s: lies in another site than the others", name)
		}
		o.site = site
		if page := pageIn(site, full); page != "" {
			pages = append(pages, page)
		}
	}
	if len(pages) < len(paths) {
		return nil, nil
	}
	return pages, nil
}

// siteOf returns the nearest folder with a ledger that a path is or lies in, or "" where
// there is none.
func siteOf(full string) string {
	for dir := full; ; dir = filepath.Dir(dir) {
		if migrate.HasLedger(os.DirFS(dir)) {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}

// pageIn returns the page in a site that a path means: itself, the one in the folder that
// it names, or the one that it is another version of, or "" for the site itself.
func pageIn(site, full string) string {
	rel, err := filepath.Rel(site, full)
	if err != nil || rel == "." {
		return ""
	}
	if info, err := os.Stat(full); err == nil && info.IsDir() {
		rel = filepath.Join(rel, "index.md")
	}
	rel = filepath.ToSlash(rel)
	for _, version := range []string{".replant/conflict/", ".replant/base/"} {
		rel = strings.TrimPrefix(rel, version)
	}
	return rel
}
