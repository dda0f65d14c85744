package proof

import "strings"

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
	found  []Finding
	source stretch // of the things that are being compared
	page   stretch
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
func (p *Prover) Findings() []Finding {
	if p.traced == nil {
		return nil
	}
	return p.traced.found
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
	if t := c.traced; t != nil && len(t.found) < findingsMost {
		t.found = append(t.found, Finding{w, k, what, c.a.place(t.source), c.b.place(t.page)})
	}
}

// goOn notes one that follows the one noted last directly.
func (c *comparison) goOn(w Way, k Kind, what string) {
	c.found.goOn(w, k, what)
	t := c.traced
	if t == nil || len(t.found) == 0 {
		return
	}
	last := &t.found[len(t.found)-1]
	last.What += " " + what
	if w == Added {
		last.Page = last.Page.until(c.b.place(t.page))
	} else {
		last.Source = last.Source.until(c.a.place(t.source))
	}
}

// until returns the place from one to another that follows it.
func (p Place) until(next Place) Place {
	return Place{p.Before, strings.TrimSpace(p.Text + " " + next.Text), next.Behind}
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
