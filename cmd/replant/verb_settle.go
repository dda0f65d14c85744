package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
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
wait are listed; on a terminal both sides of each are shown, and you are asked. Without a
PATH, it is about the site that you are in. A page that you have
merged by hand needs no settling: the next run sees it.`,
		Example: `  replant settle blog
  replant settle mine blog/content/posts/hello/index.md
  replant settle -n source blog`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := o.parse(args); err != nil {
				return err
			}
			do(o)
			return nil
		},
	}
	cmd.Flags().SortFlags = false
	o.defineLook(cmd.Flags())
	o.say.define(cmd.Flags())
	o.read.defineWait(cmd.Flags())
	return cmd
}

// parse reads the arguments.
func (o *settling) parse(args []string) error {
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
	var ask *asker
	if o.choice == "" && !o.dryRun && isTerminal(std.out) {
		ask = o.newAsker(ctx, std)
	}
	o.dryRun = o.dryRun || o.choice == "" && ask == nil
	return o.withSession(ctx, std, func(v *session) (int, error) {
		if ask != nil {
			return o.ask(ctx, v, ask, pages)
		}
		return o.choose(ctx, v, o.choice, pages)
	})
}

// choose settles pages by a choice, or without one lists what waits.
func (o *settling) choose(ctx context.Context, v *session, choice migrate.Choice, pages []string) (int, error) {
	m := &migrate.Migration{Site: afero.NewReadOnlyFs(v.disk), Scratch: v.work.scratch}
	out, err := settled(m, choice, pages)
	switch {
	case errors.Is(err, migrate.ErrNoConflict):
		return 0, usage("", "%s: %w", o.site, err)
	case err != nil:
		return 0, v.about(err)
	}
	return v.finish(ctx, out)
}

// ask shows both sides of each page that waits and asks which is right.
func (o *settling) ask(ctx context.Context, v *session, ask *asker, pages []string) (int, error) {
	all, label, err := v.comparisons(pages)
	if err != nil {
		return 0, err
	}
	all = slices.DeleteFunc(all, func(c migrate.Comparison) bool { return !c.Waits() })
	if len(all) == 0 {
		return o.choose(ctx, v, "", pages) // which says that none waits
	}
	chosen, left := map[migrate.Choice][]string{}, 0
	for _, c := range all {
		if err := paged(v.std, func(w io.Writer) error { return o.sides(w, c, label(c.Page)) }); err != nil {
			return 0, err
		}
		switch answer := strings.ToLower(ask.ask("Keep yours (m), take the source's (s), or decide later (Enter)? ")); answer {
		case "m", string(migrate.Mine), "s", string(migrate.Source):
			choice := migrate.Mine
			if strings.HasPrefix(answer, "s") {
				choice = migrate.Source
			}
			chosen[choice] = append(chosen[choice], c.Page)
		default:
			left++
		}
		if ctx.Err() != nil {
			return 0, context.Cause(ctx)
		}
	}
	code := exitDone
	for _, choice := range []migrate.Choice{migrate.Mine, migrate.Source} {
		if pages := chosen[choice]; len(pages) > 0 {
			if code, err = o.choose(ctx, v, choice, pages); err != nil {
				return 0, err
			}
		}
	}
	if left > 0 {
		return exitTrouble, nil
	}
	return code, nil
}

// settled plans what was chosen, or lists what waits.
func settled(m *migrate.Migration, choice migrate.Choice, pages []string) (*migrate.Outcome, error) {
	if choice == "" {
		return m.Waiting(pages)
	}
	return m.Settle(choice, pages)
}

// locate finds the site that the paths lie in, and the pages that they mean there: none
// where the site itself is named.
func (o *settling) locate() (pages []string, err error) {
	const hint = "replant settle mine PATH, or replant settle source PATH"
	var outside *outsideError
	o.site, pages, err = pagesAt(o.paths)
	switch {
	case !errors.As(err, &outside):
		return pages, err
	case len(o.paths) == 0:
		return nil, usage(hint, "say whose version is right, and of which page")
	case o.choice == "":
		return nil, usage(hint, "%s: neither mine, nor source, nor in a site that replant knows", outside.name)
	}
	return nil, err
}

// outsideError says that a path lies in no site.
type outsideError struct{ name string }

func (e *outsideError) Error() string { return e.name + ": lies in no site that replant knows" }

// pagesAt finds the site that paths lie in and makes them paths of pages there; no path
// stands for the current folder. It returns no pages where the site itself is named.
func pagesAt(paths []string) (site string, pages []string, err error) {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	for _, name := range paths {
		full, err := filepath.Abs(name)
		if err != nil {
			return "", nil, err
		}
		at := siteOf(full)
		switch {
		case at == "":
			return "", nil, &hinted{&outsideError{name}, "", exitUsage}
		case site != "" && site != at:
			return "", nil, usage("one site after the other", "%s: lies in another site than the others", name)
		}
		site = at
		if page := pageIn(site, full); page != "" {
			pages = append(pages, page)
		}
	}
	if len(pages) < len(paths) {
		return site, nil, nil
	}
	return site, pages, nil
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
