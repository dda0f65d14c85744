package dom

import "strings"

// Delimiters stand around formulas that a site passes through as they are, its own
// configuration says: those in a line, and those on lines of their own. Either pair may be
// empty.
type Delimiters struct{ Inline, Block [2]string }

// None reports whether a site passes nothing through.
func (d Delimiters) None() bool { return d.Inline[0] == "" && d.Block[0] == "" }

// Of returns the delimiters for a formula; empty ones where the site passes none such.
func (d Delimiters) Of(block bool) (open, closing string) {
	pair := d.Inline
	if block {
		pair = d.Block
	}
	return pair[0], pair[1]
}

// Plain returns TeX as it may stand anywhere in a page that is passed through: on one line,
// without comments, and with commands for what would end a cell or begin a tag.
func Plain(tex string) string {
	var b strings.Builder
	for line := range strings.Lines(tex) {
		if line = strings.TrimSpace(uncommented(line)); line == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(line)
	}
	return strings.TrimSpace(acting.Replace(Trim(b.String())))
}

// Trim returns TeX without the white space around it, and without the backslash of a space
// at its end, which would change what comes behind.
func Trim(tex string) string {
	tex = strings.TrimSpace(tex)
	if slashes := len(tex) - len(strings.TrimRight(tex, `\`)); slashes%2 == 1 {
		tex = strings.TrimSpace(tex[:len(tex)-1])
	}
	return tex
}

// uncommented returns a line of TeX up to a percent sign that no backslash makes one.
func uncommented(line string) string {
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '%':
			return line[:i]
		}
	}
	return line
}

// acting spells what acts in a page before a script reads its formulas. A pair of
// backslashes ends a row, whatever comes behind it.
var acting = strings.NewReplacer(`\\`, `\\`, `\|`, `\Vert `, `\&`, `\&`, "<", `\lt `, ">", `\gt `, "|", `\vert `, "&", "& ")
