package plan_test

import (
	"path"
	"strings"
	"testing"

	"replant/migrate/ledger"
	"replant/migrate/plan"
)

// step is a change of a post, of whose two sides the text stands here.
type step struct {
	page, path    string // page is empty for a file of no post
	verdict       ledger.Verdict
	why           string
	before, after string
}

// planOf returns a plan of some steps; those of one page are a group.
func planOf(t *testing.T, steps []step) *plan.Plan {
	t.Helper()
	s := spool(t)
	content := func(text string) plan.Content {
		if text == "" {
			return plan.Content{}
		}
		return put(t, s, text)
	}
	p, pages := &plan.Plan{Kept: 2}, []string{}
	for i, one := range steps {
		if i == 0 || one.page == "" || one.page != steps[i-1].page {
			pages = append(pages, one.page)
		}
		p.Add(plan.Change{
			Path: one.path, Verdict: one.verdict, Why: one.why, Group: len(pages) - 1,
			Before: content(one.before), After: content(one.after),
		})
	}
	p.Page = func(group int) string { return pages[group] }
	return p
}

// slug is a label as short as can be.
func slug(page string) string { return path.Base(path.Dir(page)) }

func TestLineAPost(t *testing.T) {
	t.Parallel()
	steps := []step{
		{"", "content/posts/_index.md", ledger.Create, "new section", "", "x"},
		{"p/new/index.md", "p/new/1.png", ledger.Create, "picture", "", "1"},
		{"p/new/index.md", "p/new/2.mp3", ledger.Create, "media", "", "2"},
		{"p/new/index.md", "p/new/index.md", ledger.Create, plan.NewPost, "", "---\ntitle: New\n---\n\nOne, two — three.\n"},
		{"p/new/index.md", ".replant/base/p/new/index.md", ledger.Create, "what was written", "", "hidden"},
		{"p/long/index.md", "p/long/index.md", ledger.Create, plan.NewPost, "", strings.Repeat("word ", 1234)},
		{"p/空の庭/index.md", "p/空の庭/index.md", ledger.Create, plan.NewPost, "", "---\ntitle: x\n---\n\n花の庭\n"},
		{"p/mute/index.md", "p/mute/index.md", ledger.Create, plan.NewPost, "", "---\ntitle: x\n---\n\n"},
		{"p/edit/index.md", "p/edit/index.md", ledger.Update, "changed at the source", "---\nt: x\n---\nfour planks and planks\n", "---\nt: x\n---\n**five** planks!\n"},
		{"p/meta/index.md", "p/meta/index.md", ledger.Update, "changed settings", "---\nt: x\n---\nsame\n", "---\nt: y\n---\nsame\n"},
		{"p/shot/index.md", "p/shot/a.png", ledger.Update, "picture", "a", "b"},
		{"p/shot/index.md", "p/shot/b.png", ledger.Delete, "no page shows it any more", "b", ""},
		{"p/moved/index.md", "p/moved/index.md", ledger.Move, "moved here from q/moved.md", "a", "a"},
		{"p/moved/index.md", "p/moved/index.md", ledger.Merge, "changed at the source, with your edits", "a", "a b"},
		{"p/gone/index.md", "p/gone/a.png", ledger.Delete, "its post is gone at the source", "a", ""},
		{"p/gone/index.md", "p/gone/c.png", ledger.Delete, "its post is gone at the source", "a", ""},
		{"p/gone/index.md", "p/gone/index.md", ledger.Delete, "gone at the source", "a", ""},
		{"p/clash/index.md", "p/clash/index.md", ledger.Conflict, "edited here and changed at the source: title", "a", "a"},
		{"p/talk/index.md", "data/comments/talk.yaml", ledger.Update, "comments", "a", "b"},
	}
	p := planOf(t, steps)
	const rest = `create    content/posts/_index.md  new section
create    new                      1 picture, 1 recording, 3 words
create    long                     1.2k words
create    空の庭                   3 words
create    mute                     new post
update    edit                     changed at the source, +1 -3 words
update    meta                     changed settings, front matter only
update    shot                     1 changed picture, 1 picture goes
merge     moved                    moved here from q/moved.md, changed at the source, with your edits, +1 word
delete    gone                     gone at the source, 2 pictures go
update    talk                     changed comments
4 to create, 4 to update, 1 to merge, 1 to delete, 1 conflict, 2 pictures, 1 recording, 1 other file, 2 posts unchanged
`
	const first = "conflict  clash                    edited here and changed at the source: title\n" +
		"lost      \\x1b[2Jfilm              1 embed\n"
	prints(t, p, plan.Show{Label: slug, First: []plan.Line{{"lost", "\x1b[2Jfilm", "1 embed"}}}, first+rest)
	prints(t, p, plan.Show{Label: slug, Waiting: true}, "conflict  clash  edited here and changed at the source: title\n")
}

func prints(t *testing.T, p *plan.Plan, s plan.Show, want string) {
	t.Helper()
	var b strings.Builder
	if err := p.Write(&b, s); err != nil {
		t.Fatal(err)
	}
	if b.String() != want {
		t.Errorf("printed\n%s\nwant\n%s", b.String(), want)
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	const page = "p/a/index.md"
	prints(t, planOf(t, []step{
		{page, "p/a/1.png", ledger.Create, "picture", "", strings.Repeat("x", 1500)},
		{page, page, ledger.Update, "changed at the source", "one", "one two"},
	}), plan.Show{Label: slug, Stat: true, Done: true}, `update  a  changed at the source, +1 word, 1 new picture, 3 bytes -> 1.5 kB
1 updated, 1 picture, 1.5 kB, 2 posts unchanged
`)
}

// A name that is wider than others are aligned with moves its own line alone.
func TestLongNameLeavesOthersInTheirColumns(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long-", 10)
	prints(t, planOf(t, []step{
		{"p/a/index.md", "p/a/index.md", ledger.Adopt, "left as it is", "a", "a"},
		{"p/" + long + "/index.md", "p/" + long + "/index.md", ledger.Adopt, "left as it is", "a", "a"},
	}), plan.Show{Label: slug}, "adopt  a  left as it is\nadopt  "+long+"  left as it is\n2 to adopt, 2 posts unchanged\n")
}
