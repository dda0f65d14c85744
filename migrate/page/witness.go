package page

import (
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/proof"
	"replant/migrate/source"
)

// Witness is what a review shows of how a page was made: the post as it came, what was left
// out of it on purpose, and where the page does not show what it does.
type Witness struct {
	HTML     string // the body as its readers saw it
	Cut      bool   // the body goes on
	Base     string // what its relative addresses start from; may be empty
	Removed  []Removed
	Findings []proof.Finding
}

type (
	// Finding is one thing that a page does not show as its post does, and where.
	Finding = proof.Finding
	// FindingPlace is a place in a text.
	FindingPlace = proof.Place
)

// Removed is a part of a source that was left out of the page, and why.
type Removed struct {
	Reason string
	HTML   string // how it begins
}

// Bounds of a witness: nobody looks at more, and a post may be as long as it likes.
const (
	bodyMost     = 2 << 20 // bytes of a body
	removedMost  = 200     // parts that were removed
	removedBytes = 600     // of one of them
)

// witness begins the witness of an item, whose body has not been parsed yet.
func witness(i *source.Item) *Witness {
	body, base := i.Shown()
	w := &Witness{HTML: body}
	if len(body) > bodyMost {
		w.HTML, w.Cut = strings.ToValidUTF8(body[:bodyMost], ""), true
	}
	if base != nil {
		w.Base = base.String()
	}
	return w
}

// removals notes what was removed. A nil witness notes nothing.
func (w *Witness) removals(all []blog.Removal) {
	if w == nil {
		return
	}
	for _, r := range all {
		if !shows(r) {
			continue
		}
		if len(w.Removed) == removedMost {
			return
		}
		var b strings.Builder
		if err := html.Render(&b, r.Node); err != nil {
			continue
		}
		text := b.String()
		if len(text) > removedBytes {
			text = strings.ToValidUTF8(text[:removedBytes], "") + "…"
		}
		w.Removed = append(w.Removed, Removed{r.Reason, text})
	}
}

// loses notes what was lost while the source was read, each with the first of its kind: where the
// others stood is not known. A nil witness notes nothing.
func (w *Witness) loses(all proof.Report) {
	if w == nil {
		return
	}
	for _, l := range all {
		w.Findings = append(w.Findings, proof.Finding{Way: l.Way, Kind: l.Kind, What: l.What, Source: proof.Place{Text: strings.TrimSuffix(l.What, "…")}})
	}
}

// finds notes where a page does not show what its post does. A nil witness notes nothing.
func (w *Witness) finds(all []proof.Finding) {
	if w != nil {
		w.Findings = append(w.Findings, all...)
	}
}
