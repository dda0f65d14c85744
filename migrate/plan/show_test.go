package plan_test

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"replant/migrate/ledger"
	"replant/migrate/plan"
)

var update = flag.Bool("update", false, "rewrite the expectations in testdata")

// literals are the deflated bytes of binaries, which may differ between releases of Go.
var literals = regexp.MustCompile(`(?m)^(literal \d+\n)(?:.+\n)+`)

// Each folder of testdata holds a site before and after, and what is printed of the plan
// that leads from one to the other.
func TestPrinted(t *testing.T) {
	t.Parallel()
	cases, err := filepath.Glob("testdata/*")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases, %v", err)
	}
	views := map[string]func(*plan.Plan, io.Writer) error{
		"dry.txt":  func(p *plan.Plan, w io.Writer) error { return p.Write(w, plan.Show{Files: true, Diff: true}) },
		"done.txt": func(p *plan.Plan, w io.Writer) error { return p.Write(w, plan.Show{Files: true, Done: true}) },
		"color.txt": func(p *plan.Plan, w io.Writer) error {
			return p.Write(w, plan.Show{Files: true, Diff: true, Color: true})
		},
		"patch.txt": func(p *plan.Plan, w io.Writer) error { return p.WritePatch(w) },
	}
	for _, dir := range cases {
		for name, write := range views {
			t.Run(filepath.Base(dir)+"/"+name, func(t *testing.T) {
				t.Parallel()
				var got bytes.Buffer
				if err := write(between(t, folder(t, dir, "before"), read(t, folder(t, dir, "after"))), &got); err != nil {
					t.Fatal(err)
				}
				expect(t, filepath.Join(dir, name), literals.ReplaceAllString(got.String(), "$1(deflated)\n"))
			})
		}
	}
}

// folder gives a folder of a case as a site; one that is not there is an empty site.
func folder(t *testing.T, dir, name string) afero.Fs {
	t.Helper()
	dir = filepath.Join(dir, name)
	if _, err := os.Stat(dir); err != nil {
		return site(t, nil)
	}
	return afero.NewBasePathFs(afero.NewOsFs(), dir)
}

func expect(t *testing.T, golden, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", golden, got, want)
	}
}

func TestSummary(t *testing.T) {
	t.Parallel()
	of := func(kept int, verdicts ...ledger.Verdict) *plan.Plan {
		p := &plan.Plan{Kept: kept, Page: func(int) string { return "content/a.md" }}
		for i, v := range verdicts {
			p.Add(plan.Change{Path: "content/a.md", Verdict: v, Group: i})
		}
		return p
	}
	for _, c := range []struct {
		plan        *plan.Plan
		would, have string
	}{
		{of(0), "", ""},
		{of(1), "1 post unchanged", "1 post unchanged"},
		{of(41, ledger.Create, ledger.Create, ledger.Update),
			"2 to create, 1 to update, 41 posts unchanged", "2 created, 1 updated, 41 posts unchanged"},
		{of(0, ledger.Delete, ledger.Conflict), "1 to delete, 1 conflict", "1 deleted, 1 conflict"},
		{of(0, ledger.Conflict, ledger.Conflict), "2 conflicts", "2 conflicts"},
	} {
		if got := c.plan.Summary(plan.Show{}); got != c.would {
			t.Errorf("%q, want %q", got, c.would)
		}
		if got := c.plan.Summary(plan.Show{Done: true}); got != c.have {
			t.Errorf("%q, want %q", got, c.have)
		}
	}
}

func TestOwnMemoryIsNotShown(t *testing.T) {
	t.Parallel()
	p := between(t, site(t, nil), files{".replant/base/a.md": "a"})
	var b strings.Builder
	if err := p.Write(&b, plan.Show{Files: true, Diff: true}); err != nil || b.Len() > 0 || p.Any() || p.Empty() {
		t.Errorf("printed %q, any %v, empty %v, %v", b.String(), p.Any(), p.Empty(), err)
	}
	if p.Conflicts() != 0 {
		t.Error("a conflict from nowhere")
	}
}

func TestConflictIsALineWithoutDiff(t *testing.T) {
	t.Parallel()
	mine := put(t, spool(t), "mine\n")
	p := &plan.Plan{Page: func(int) string { return "content/a.md" }}
	p.Add(plan.Change{
		Path: "content/a.md", Why: "edited here and changed at the source",
		Verdict: ledger.Conflict, Before: mine, After: mine,
	})
	var b strings.Builder
	if err := p.Write(&b, plan.Show{Files: true, Diff: true}); err != nil {
		t.Fatal(err)
	}
	if want := "conflict  content/a.md  edited here and changed at the source\n1 conflict\n"; b.String() != want {
		t.Errorf("printed %q, want %q", b.String(), want)
	}
	if p.Conflicts() != 1 || !p.Empty() || !p.Any() {
		t.Errorf("%d conflicts, empty %v, any %v", p.Conflicts(), p.Empty(), p.Any())
	}
}

func TestPrintable(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"plain, ünï, 日本, 👩‍💻": "plain, ünï, 日本, 👩‍💻",
		"\x1b[2J":             `\x1b[2J`,
		"a\nb\tc\r":           `a\nb\tc\r`,
		"\u202egnp.exe":       `\u202egnp.exe`,
		"\x9b31m":             `\ufffd31m`, // a control sequence where bytes are Latin-1
	} {
		if got := plan.Printable(in); got != want {
			t.Errorf("Printable(%q) = %q, want %q", in, got, want)
		}
	}
}
