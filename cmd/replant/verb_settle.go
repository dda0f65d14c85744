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

// settling is replant settle mine|source PATH…
type settling struct {
	options
	choice migrate.Choice
	paths  []string
}

func settleVerb(do func(op)) *cobra.Command {
	o := &settling{}
	cmd := &cobra.Command{
		Use: "settle mine|source PATH...", Short: "Settle pages that you and the source have both changed",
		Long: `Settle pages that you and the source have both changed.

With mine, a page stays as it is; with source, it becomes the source's version. PATH is a
page, or the site's folder for all pages that wait. A page that you have merged by hand
needs no settling: the next run sees it.`,
		Example: `  replant settle mine blog/content/posts/hello/index.md
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
	switch {
	case len(args) == 0:
		return usage("replant settle mine PATH, or replant settle source PATH", "say whose version is right, and of which page")
	case args[0] != string(migrate.Mine) && args[0] != string(migrate.Source):
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
	return o.visit(ctx, std, func(v *visit) (int, error) {
		m := &migrate.Migration{Site: afero.NewReadOnlyFs(v.disk), Scratch: v.work.scratch}
		out, err := m.Settle(o.choice, pages)
		switch {
		case errors.Is(err, migrate.ErrNoConflict):
			return 0, usage("", "%s: %w", o.site, err)
		case err != nil:
			return 0, v.about(err)
		}
		return v.finish(ctx, out)
	})
}

// locate finds the site that the paths lie in and makes them paths of pages there; none
// where the site itself is named.
func (o *settling) locate() (pages []string, err error) {
	for _, name := range o.paths {
		full, err := filepath.Abs(name)
		if err != nil {
			return nil, err
		}
		site := siteOf(full)
		if site == "" {
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
	if len(pages) < len(o.paths) {
		return nil, nil
	}
	return pages, nil
}

// siteOf gives the nearest folder with a ledger that a path is or lies in; empty where
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

// pageIn gives the page in a site that a path means: itself, the one in the folder that
// it names, or the one that it is another version of; empty for the site itself.
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
