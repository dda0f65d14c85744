package proof

import (
	"cmp"
	"strings"
)

// Finding is one thing that a page does not show as its source does, and where: a [Loss]
// counts all of a kind and quotes the first.
type Finding struct {
	Way  Way
	Kind Kind
	What string // such as "mild became hot"
	// Source is where the source shows it, Page where the page does, or would.
	Source, Page Place
}

// Place is a place in a text. Its Text is what shows there, words or an address; it is empty
// where nothing of the thing shows. Before and Behind are the words around it.
type Place struct{ Before, Text, Behind string }

// Name says what became of what, such as "embed lost".
func (f Finding) Name() string {
	n := 0
	if f.Kind == Words && strings.Contains(f.What, " ") {
		n = 1
	}
	return names[f.Kind][n] + " " + f.Way.String()
}

// Embeds reports whether the thing is an embed, whose address is spelled in many ways.
func (f Finding) Embeds() bool { return f.Kind == Embeds }

// tracing notes the places of findings. A nil one notes nothing.
type tracing struct {
	found  []trace
	source stretch // of the things that are being compared
	page   stretch
}

// trace is a finding by the things that it is about. What it says is empty where that is the
// text of several things.
type trace struct {
	way          Way
	kind         Kind
	what         string
	source, page stretch
}

// stretch is a stretch of a sight's things. Where it is empty, it is a place between two.
type stretch struct{ from, to int }

// nowhere is the place of what a side has not.
var nowhere = stretch{-1, -1}

// findingsMost bounds the findings of one page: nobody looks at more.
const findingsMost = 200

// around is how many things are quoted on either side of a place.
const around = 8

// Trace lets the prover note where things are lost.
func (p *Prover) Trace() { p.traced = new(tracing) }

// Findings returns what [Prover.Page] found last, each with its place, where the prover was
// asked to note that. There are no more than 200.
func (p *Prover) Findings() (all []Finding) {
	if p.traced == nil {
		return nil
	}
	for _, t := range p.traced.found {
		f := Finding{t.way, t.kind, t.what, p.post.place(t.source), p.page.place(t.page)}
		if f.What == "" {
			f.What = cmp.Or(f.Source.Text, f.Page.Text)
		}
		all = append(all, f)
	}
	return all
}

func (t *tracing) empty() {
	if t != nil {
		t.found = nil
	}
}

// at says which things are being compared.
func (t *tracing) at(source, page stretch) {
	if t != nil {
		t.source, t.page = source, page
	}
}

// one is the stretch of one thing.
func one(i int) stretch { return stretch{i, i + 1} }

// find notes one more of a kind, and its place.
func (c *comparison) find(w Way, k Kind, what string) {
	c.found.find(w, k, what)
	c.traced.find(w, k, what)
}

// goOn notes one that follows the one noted last directly.
func (c *comparison) goOn(w Way, k Kind, what string) {
	c.found.goOn(w, k, what)
	c.traced.goOn(w, k, what)
}

func (t *tracing) find(w Way, k Kind, what string) {
	if t != nil && len(t.found) < findingsMost {
		t.found = append(t.found, trace{w, k, what, t.source, t.page})
	}
}

// goOn lets the last finding go on where it is of the same kind and ends right before; else it
// notes another one.
func (t *tracing) goOn(w Way, k Kind, what string) {
	if t == nil {
		return
	}
	if n := len(t.found); n > 0 {
		last := &t.found[n-1]
		side, at := &last.source, t.source
		if w == Added {
			side, at = &last.page, t.page
		}
		if last.way == w && last.kind == k && side.to == at.from {
			side.to, last.what = at.to, ""
			return
		}
	}
	t.find(w, k, what)
}

// place quotes a stretch and what is around it.
func (s *sight) place(at stretch) Place {
	if at == nowhere {
		return Place{}
	}
	return Place{
		Before: s.wordsOf(max(0, at.from-around), at.from), Text: s.phrase(at.from, at.to),
		Behind: s.wordsOf(at.to, min(len(s.things), at.to+around)),
	}
}

// wordsOf returns the words among things as one text.
func (s *sight) wordsOf(from, to int) string {
	var all []string
	for _, t := range s.things[from:to] {
		if t.kind == word {
			all = append(all, string(s.of(t.span)))
		}
	}
	return strings.Join(all, " ")
}
