package markdown

import (
	"strings"

	"replant/migrate/dom"
)

// math adds a formula: as it is, between the delimiters that the site passes through, or
// as its TeX between dollars, all of it text, since neither target sets formulas by
// default, and so the source reads as it is. Emphasis around it is left out, as it changes
// no formula.
func (f *flow) math(m dom.Math) {
	tex := strings.TrimSpace(m.TeX)
	block := m.Block && !f.oneLine()
	if !f.style.Formulas.None() {
		tex = dom.Plain(tex)
	}
	switch {
	case tex == "":
	case !f.line.coding && f.pass(tex, block):
	case !block:
		f.line.unmarked(func() { f.inDollars("$", tex) })
	default:
		f.line.unmarked(func() {
			f.end()
			f.inDollars("$$", tex)
			f.end()
		})
	}
}

// pass adds a formula that the site passes through, and reports whether it does that.
func (f *flow) pass(tex string, block bool) bool {
	open, closing := f.style.Formulas.Of(block)
	if open == "" || strings.Contains(tex, closing) || strings.Contains(tex, open) {
		return false
	}
	f.line.unmarked(func() {
		if block {
			f.end()
		}
		f.line.flushCode()
		f.line.add(token{kind: passed, text: printable(open + tex + closing)})
		if block {
			f.end()
		}
	})
	return true
}

// inDollars adds TeX as a text, line by line.
func (f *flow) inDollars(dollars, tex string) {
	if f.line.coding {
		f.line.text(dollars + tex + dollars)
		return
	}
	f.line.add(token{kind: dollar, text: dollars})
	if dollars == "$" {
		f.line.text(tex)
	} else {
		for i, line := range strings.Split(tex, "\n") {
			if i > 0 {
				f.lineBreak()
			}
			f.line.text(line)
		}
	}
	f.line.add(token{kind: dollar, text: dollars})
}
