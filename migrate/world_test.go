package migrate_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"replant/migrate"
	"replant/migrate/ledger"
	"replant/migrate/plan"
	"replant/migrate/tree"
)

var update = flag.Bool("update", false, "rewrite what the tests expect")

// world is a site in memory and the web that its feeds are on.
type world struct {
	testing.TB
	*web
	site  afero.Fs
	feeds []migrate.Feed
}

func newWorld(t testing.TB) *world {
	return &world{TB: t, web: newWeb(), site: afero.NewMemMapFs()}
}

// option changes how a run is asked for.
type option func(*migrate.Migration)

func refresh(m *migrate.Migration) { m.Refresh = true }
func restore(m *migrate.Migration) { m.Restore = true }

func pages(n int) option { return func(m *migrate.Migration) { m.Pages = n } }

// with asks for settings of all feeds. Keys that a feed has stay, as if replant.yaml said them.
func with(s migrate.Settings) option {
	return func(m *migrate.Migration) {
		for i := range m.Feeds {
			keys := m.Feeds[i].Keys
			m.Feeds[i].Settings = s
			if reflect.DeepEqual(s.Keys, migrate.Keys{}) {
				m.Feeds[i].Keys = keys
			}
		}
	}
}

// follow makes an address one of the site's feeds.
func (w *world) follow(addr string, serve func(page int) (string, error)) {
	w.web.feeds[addr] = serve
	u, err := url.Parse(addr)
	if err != nil {
		w.Fatal(err)
	}
	w.feeds = append(w.feeds, migrate.Feed{Address: addr, URL: u})
}

// publish follows a blog.
func (w *world) publish(b *weblog) { w.follow(b.address, b.page) }

// compute plans a run.
func (w *world) compute(options ...option) (*migrate.Outcome, error) {
	m := &migrate.Migration{
		Site: afero.NewReadOnlyFs(w.site), Feeds: slices.Clone(w.feeds), Web: w.web, Files: w.web,
		Scratch: &scratch{}, Jobs: 2,
	}
	for _, o := range options {
		o(m)
	}
	return m.Plan(context.Background())
}

// plan plans a run that cannot fail.
func (w *world) plan(options ...option) *migrate.Outcome {
	w.Helper()
	out, err := w.compute(options...)
	if err != nil {
		w.Fatalf("plan: %v", err)
	}
	return out
}

// run plans a run and makes it.
func (w *world) run(options ...option) *migrate.Outcome {
	w.Helper()
	out := w.plan(options...)
	if err := w.apply(out); err != nil {
		w.Fatal(err)
	}
	return out
}

// apply makes what was planned.
func (w *world) apply(out *migrate.Outcome) error {
	if err := out.Plan.Apply(context.Background(), w.site, tree.Put, tree.Sync); err != nil {
		return fmt.Errorf("apply: %w", err)
	}
	return out.Remember()
}

// choose is the author settling a conflict by a word.
func (w *world) choose(choice, page string) {
	w.Helper()
	m := &migrate.Migration{Site: afero.NewReadOnlyFs(w.site), Scratch: &scratch{}}
	out, err := m.Settle(migrate.Choice(choice), []string{page})
	if err == nil {
		err = w.apply(out)
	}
	if err != nil {
		w.Errorf("settle %s %s: %v", choice, page, err)
	}
}

// changes gives what a person is shown of a plan, a line each.
func changes(out *migrate.Outcome) (lines []string) {
	for c := range out.Plan.Shown() {
		lines = append(lines, string(c.Verdict)+" "+c.Path)
	}
	return lines
}

func troubles(out *migrate.Outcome) (lines []string) {
	for _, t := range out.Troubles {
		lines = append(lines, t.Text)
	}
	return lines
}

// expect compares two lists of lines.
func (w *world) expect(what string, got []string, want ...string) {
	w.Helper()
	if !slices.Equal(got, want) {
		w.Errorf("%s:\n  %s\nwant\n  %s", what, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// settled asserts that another run finds nothing to do and nothing to tell, whether
// the web remembers the last one or not.
func (w *world) settled() {
	w.Helper()
	w.idle()
	w.forget()
	w.idle()
}

// idle asserts that a run finds nothing to do and nothing to tell.
func (w *world) idle() {
	w.Helper()
	out := w.plan()
	if !out.Plan.Empty() || len(out.Troubles) > 0 {
		w.Errorf("a second run is not idle: %q, ledger %v, %q", changes(out), out.Plan.Ledger != nil, troubles(out))
	}
}

// read gives a file of the site; empty where there is none.
func (w *world) read(name string) string {
	b, err := afero.ReadFile(w.site, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		w.Fatal(err)
	}
	return string(b)
}

// write is the author writing a file.
func (w *world) write(name, text string) {
	if err := afero.WriteFile(w.site, name, []byte(text), 0o644); err != nil {
		w.Fatal(err)
	}
}

// remove is the author removing a file.
func (w *world) remove(name string) {
	if err := w.site.Remove(name); err != nil {
		w.Fatal(err)
	}
}

// has asserts that a file of the site contains a text.
func (w *world) has(name, text string) {
	w.Helper()
	if got := w.read(name); !strings.Contains(got, text) {
		w.Errorf("%s lacks %q:\n%s", name, text, got)
	}
}

// markdown gives the paths of the site's pages.
func (w *world) markdown() (names []string) {
	for _, name := range slices.Sorted(maps.Keys(files(w, w.site))) {
		if strings.HasSuffix(name, ".md") && !plan.Hidden(name) {
			names = append(names, name)
		}
	}
	return names
}

// memory reads the site's ledger; an empty one where there is none.
func (w *world) memory() *ledger.Ledger {
	w.Helper()
	text := w.read(ledger.Name)
	if text == "" {
		return &ledger.Ledger{}
	}
	l, err := ledger.Read(strings.NewReader(text))
	if err != nil {
		w.Fatal(err)
	}
	return l
}

// files reads all files of a site, by path.
func files(t testing.TB, site afero.Fs) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := afero.Walk(site, ".", func(name string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		b, err := afero.ReadFile(site, name)
		all[strings.ReplaceAll(name, "\\", "/")] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
