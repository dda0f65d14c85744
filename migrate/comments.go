package migrate

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"time"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/ledger"
	"replant/migrate/markdown"
	"replant/migrate/plan"
	"replant/migrate/site"
	"replant/migrate/source"
)

// Data is where readers' comments go that are wanted: files that templates read.
const Data = "data"

// commentsDir is the folder of a site's files of comments. Hugo reads it by itself, Zola
// by load_data.
const commentsDir = "data/comments/"

// hash names what a post is made from: its comments, where they are wanted, too. Others
// are let go.
func (s *stream) hash(item *source.Item) string {
	if s.feed.Comments != Data {
		item.Comments = nil
	}
	if len(item.Comments) == 0 {
		return item.Hash
	}
	return short("%s %+v", item.Hash, item.Comments)
}

// discuss makes the file of a post's comments, each as Markdown that shows its text as it
// is: both generators' filters for Markdown read shortcodes too.
func (r *run) discuss(ctx context.Context, j *job) (err error) {
	if len(j.post.Comments) == 0 {
		return nil
	}
	style := r.style()
	style.Embed = func(e dom.Embed) string { s, _ := r.site.Target.Embed(e, site.Link); return s }
	conv := markdown.New(style)
	var b bytes.Buffer
	for _, c := range j.post.Comments {
		if err := ctx.Err(); err != nil {
			return err
		}
		text, err := conv.Convert(c.Body)
		if err != nil {
			return fmt.Errorf("comment %s: %w", c.ID, err)
		}
		writeComment(&b, c, strings.TrimSpace(string(text)))
	}
	j.comments, err = r.spool.Put(b.Bytes())
	return err
}

// writeComment adds one to a list in YAML, whose scalars are JSON's.
func writeComment(b *bytes.Buffer, c blog.Comment, text string) {
	date := ""
	if !c.Date.IsZero() {
		date = c.Date.Format(time.RFC3339)
	}
	before := "- "
	for _, f := range [][2]string{{"id", c.ID}, {"parent", c.Parent}, {"author", c.Author}, {"url", c.URL}, {"date", date}, {"text", text}} {
		if f[1] == "" {
			continue
		}
		b.WriteString(before + f[0] + ": ")
		e := json.NewEncoder(b) // ends the line
		e.SetEscapeHTML(false)
		_ = e.Encode(f[1]) // a buffer takes all
		before = "  "
	}
}

// commented judges the file of a post's comments.
func (r *run) commented(j *job) []plan.Change {
	if !j.comments.Exists() {
		return nil
	}
	last := j.entry.Comments
	if last == nil {
		last = &ledger.File{Path: r.commentsPath(j.entry)}
	}
	disk, err := plan.Hash(r.Site, last.Path)
	if err != nil {
		r.trouble(j.entry.Path, "post %q: %v", title(j), err)
		return nil
	}
	v := ledger.Judge(ledger.State{
		Last: last.Hash, Pending: r.memory.journal.Pending(last.Path, disk.Hash()), Disk: disk.Hash(), Fresh: j.comments.Hash(),
	})
	if v == ledger.Deleted && r.Restore {
		v = ledger.Create
	}
	if v != ledger.Create && v != ledger.Update && v != ledger.Keep || v == ledger.Keep && !disk.Same(j.comments) {
		return nil // the author's
	}
	note := &ledger.File{Path: last.Path, Hash: j.comments.Hash()}
	j.entry.Note(func(x *ledger.Extra) { x.Comments = note })
	if v == ledger.Keep {
		return nil
	}
	return []plan.Change{{Path: last.Path, Verdict: v, Why: "comments", Before: disk, After: j.comments}}
}

// commentsPath gives the file of a post's comments its path: by the post's slug, with its
// section in front where another post has that.
func (r *run) commentsPath(e *ledger.Entry) string {
	if r.discussed == nil {
		r.discussed = map[string]bool{}
		for _, e := range r.memory.Posts {
			if e.Comments != nil {
				r.discussed[e.Comments.Path] = true
			}
		}
	}
	stem := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(e.Path, "/_index.md"), "/index.md"), ".md")
	name := commentsDir + path.Base(stem) + ".yaml"
	for dir := path.Dir(stem); r.discussed[name]; dir = path.Dir(dir) {
		name = commentsDir + path.Base(dir) + "-" + strings.TrimPrefix(name, commentsDir)
	}
	r.discussed[name] = true
	return name
}
