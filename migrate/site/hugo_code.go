package site

import (
	"strings"

	"replant/migrate/blog"
	"replant/migrate/regex"
)

const (
	divider = "<!--more-->" // parts a page's summary from the rest
	// nothing is an inline shortcode without content: it comes out as nothing,
	// whether the site allows inline shortcodes or not, and breaks a mark in two.
	nothing = "{{< x.inline >}}{{< /x.inline >}}"
	// placeholder begins what Hugo puts in the place of a shortcode while it makes HTML: one
	// that it did not put there ends the build.
	placeholder   = "HAHAHUGOSHORTCODE"
	noPlaceholder = "HAHA" + nothing + "HUGOSHORTCODE"
)

// hugoMark finds what Hugo acts upon before it reads Markdown, even inside code.
var hugoMark = regex.Lazy(`\{\{[<%]|` + divider + `|` + placeholder)

// hugoPage gives a page with all marks in its code inert, and all placeholders. Each piece of code can be
// looked at by itself, for none comes out with a live mark.
func hugoPage(page []blog.Piece) string {
	var b strings.Builder
	for _, p := range page {
		if p.HTML != nil {
			p.Text = hugoCode(p.Text)
		} else {
			p.Text = strings.ReplaceAll(p.Text, placeholder, noPlaceholder)
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

// hugoCode makes shortcodes and summary dividers inside code inert.
func hugoCode(code string) string {
	in := inert{code: code, lastAngle: strings.LastIndex(code, ">}}"), lastPercent: strings.LastIndex(code, "%}}")}
	at := 0
	for {
		mark := hugoMark().FindStringIndex(code[at:])
		if mark == nil {
			break
		}
		start, end := at+mark[0], at+mark[1]
		in.out.WriteString(code[at:start])
		at = in.mark(start, end)
	}
	in.out.WriteString(code[at:])
	return in.out.String()
}

// inert writes code with its marks made inert.
type inert struct {
	out  strings.Builder
	code string
	// Where the last closers begin: a text of nothing but openers is not searched to
	// its end for each of them.
	lastAngle, lastPercent int
}

// mark writes the mark at code[start:end] with all that belongs to it, and gives the
// place to go on from.
func (in *inert) mark(start, end int) (next int) {
	opener := in.code[start:end]
	switch opener {
	case divider:
		in.out.WriteString("<!--" + nothing + "more-->")
		return end
	case placeholder:
		in.out.WriteString(noPlaceholder)
		return end
	}
	stop, closed := in.closer(opener[2], end)
	if !closed {
		in.out.WriteString("{{" + nothing)
		return start + 2 // the < may start a divider
	}
	// Hugo reads nothing inside a comment, and prints {{</* x */>}} as {{< x >}}.
	in.out.WriteString(opener + "/*" + in.code[end:stop] + "*/" + in.code[stop:stop+3])
	return stop + 3
}

// closer finds the end of a shortcode whose opener ends at from.
func (in *inert) closer(kind byte, from int) (at int, ok bool) {
	closer, last := ">}}", in.lastAngle
	if kind == '%' {
		closer, last = "%}}", in.lastPercent
	}
	if last < from {
		return 0, false
	}
	return from + strings.Index(in.code[from:], closer), true
}
