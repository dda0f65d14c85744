package page

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/ledger"
	"replant/migrate/markdown"
	"replant/migrate/site"
	"replant/migrate/source"
)

// Hash names what a post is made from: its comments, where they are wanted, too. The item is
// read for them alone.
func Hash(s ledger.Settings, item *source.Sighting) (string, error) {
	if s.Comments != ledger.Data || !item.Outline.Comments {
		return item.Hash, nil
	}
	whole, err := item.Item()
	if err != nil {
		return "", err
	}
	return ledger.Digest("%s %+v", item.Hash, whole.Comments), nil
}

// Whole reads all of an item that is wanted: comments are let go where they are not.
func Whole(s ledger.Settings, item *source.Sighting) (*source.Item, error) {
	whole, err := item.Item()
	if err == nil && s.Comments != ledger.Data {
		whole.Comments = nil
	}
	return whole, err
}

// discuss makes the file of a post's comments, each as Markdown that shows its text as it
// is: both generators' filters for Markdown read shortcodes too.
func (m *Maker) discuss(ctx context.Context, made *Made) (err error) {
	if len(made.Post.Comments) == 0 {
		return nil
	}
	style := m.style()
	style.Embed = func(e dom.Embed) string { s, _ := m.env.Site.Target.Embed(e, site.Link); return s }
	conv := markdown.New(style)
	var b bytes.Buffer
	for _, c := range made.Post.Comments {
		if err := ctx.Err(); err != nil {
			return err
		}
		text, err := conv.Convert(c.Body)
		if err != nil {
			return fmt.Errorf("comment %s: %w", c.ID, err)
		}
		writeComment(&b, c, strings.TrimSpace(string(text)))
	}
	made.Comments, err = m.env.Spool.Put(b.Bytes())
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
