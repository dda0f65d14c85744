package feedscan

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
)

// FuzzForgiving reads objects of any members: one that is JSON is read, and what is right
// stays as it is.
func FuzzForgiving(f *testing.F) {
	for _, s := range []string{
		`{"id":1,"tags":"a, b","authors":[null,{"name":3},"Ada"]}`, `{"date_published":1e99,"attachments":[[],{"url":{}}]}`,
		`{"title":null,"TITLE":"x","author":[],"expired":"true"}`, `{"content_html":{"rendered":["x"]}}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, object []byte) {
		var members map[string]any
		if json.Unmarshal(object, &members) != nil {
			return
		}
		if _, err := parseForgiving(`{"items":[`, object, `]}`); err != nil && bytes.HasPrefix(bytes.TrimSpace(object), []byte("{")) {
			t.Errorf("%s: %v", object, err)
		}
	})
}

// FuzzAttributes writes the attributes of any document anew: what comes of it stays so.
func FuzzAttributes(f *testing.F) {
	for _, s := range []string{`<a b=c/>`, `<a b="1"c='2' d e=f>x</a>`, `<a b=<![CDATA[ x ]]>`, `<?xml version=1.0?><a b b=2/ >`, `< a><a "x"><!-- <a b=c> -->`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		once := wellFormed(doc)
		if again := wellFormed(once); !bytes.Equal(once, again) {
			t.Errorf("%q became %q and then %q", doc, once, again)
		}
	})
}

// TestBodiesOfOtherTypes keeps all of a post's text, whatever it is wrapped in.
func TestBodiesOfOtherTypes(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`["<p>One</p>","<p>Two</p>"]`:      "<p>One</p>\n\n<p>Two</p>",
		`{"html":"<p>One</p>","x":"y"}`:    "<p>One</p>",
		`{"b":"Two","a":"One"}`:            "One\n\nTwo",
		`[{"value":"One"},{"text":"Two"}]`: "One\n\nTwo",
		`7`:                                "7",
	} {
		right, err := forgiving([]byte(`{"content_html":` + body + `}`))
		var item struct {
			HTML string `json:"content_html"`
		}
		if err = errors.Join(err, json.Unmarshal(right, &item)); err != nil || item.HTML != want {
			t.Errorf("%s: %q, %v; want %q", body, item.HTML, err, want)
		}
	}
}
