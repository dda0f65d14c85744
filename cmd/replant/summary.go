package main

import (
	"bufio"
	"fmt"
	"io"
	"path"
	"strings"

	"replant/migrate"
)

// rowsMost bounds the table of a summary: the body of a pull request may have 65,536
// characters (GitHub), and a row rarely has more than 150.
const rowsMost = 200

// writeSummary prints what a pull request has to say of a run, in Markdown: what needs
// the author, then a row for each page. Nothing to say prints nothing.
func (o *options) writeSummary(w io.Writer, out *migrate.Outcome) error {
	b := bufio.NewWriter(w)
	if out.Plan.Any() {
		fmt.Fprintf(b, "**%s**\n", out.Plan.Summary(o.lines(out)))
	}
	if text := out.Links.String(); out.Plan.Any() && text != "" {
		fmt.Fprintf(b, "\n%s\n", text)
	}
	if out.Plan.Any() && out.Proof.Posts > 0 {
		fmt.Fprintf(b, "\n%s\n", cell(closing(out)))
	}
	o.needs(b, out)
	var rows, others int
	for c := range out.Plan.Shown() {
		switch isPage := path.Ext(c.Path) == ".md"; {
		case !isPage || rows == rowsMost:
			others++
			continue
		case rows == 0:
			fmt.Fprint(b, "\n| | page | |\n|---|---|---|\n")
		}
		rows++
		fmt.Fprintf(b, "| %s | %s | %s |\n", c.Verdict, code(c.Path), cell(c.Why))
	}
	if others > 0 {
		fmt.Fprintf(b, "\nand %s, pictures among them\n", count(others, "more file"))
	}
	return b.Flush()
}

// needs lists what needs the author.
func (o *options) needs(w io.Writer, out *migrate.Outcome) {
	n, lines := 0, textLines(out)
	if out.Plan.Any() { // with nothing new, what was reported before makes no summary
		lines = append(lines, lastingLines(o.site, out.Lasting)...)
	}
	for _, line := range lines {
		if line.Type == "notice" || line.Way == migrate.Mended || line.Way == migrate.Edited {
			continue
		}
		if n++; n == 1 {
			fmt.Fprint(w, "\nNeeds you:\n\n")
		}
		if n > rowsMost {
			continue
		}
		if line.Type == "loss" {
			fmt.Fprintf(w, "- %s %s: ", line.Way, code(line.Page))
		} else {
			fmt.Fprint(w, "- ")
		}
		fmt.Fprintln(w, cell(line.Text))
	}
	if n > rowsMost {
		fmt.Fprintf(w, "- and %d more\n", n-rowsMost)
	}
}

// cell makes a text safe in a row: no marks of Markdown, no line breaks, no mentions, of
// which GitHub would make messages.
func cell(text string) string {
	return cellEscapes.Replace(migrate.Printable(text))
}

var cellEscapes = strings.NewReplacer(
	"|", `\|`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "&", `\&`, `\`, `\\`,
	"@", "@\u2060", "#", `\#`, "~", `\~`,
)

// code shows a path as code, which a row's bar ends all the same.
func code(text string) string {
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	text = strings.ReplaceAll(migrate.Printable(text), "|", `\|`)
	if fence == "`" {
		return fence + text + fence
	}
	return fence + " " + text + " " + fence
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
