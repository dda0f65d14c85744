package wptext

import (
	"fmt"
	"slices"
	"strings"
)

// losses are what of a text could not be shown, each once.
type losses struct {
	lines    []string
	known    map[string]bool // the same
	unfilled []string        // blocks that have nothing of their own
	unknowns []string        // shortcodes that are left as text
}

func (l *losses) lose(format string, a ...any) {
	if line := fmt.Sprintf(format, a...); !l.known[line] {
		l.known[line] = true
		l.lines = append(l.lines, line)
	}
}

// unfill notes a block that has nothing of its own.
func (l *losses) unfill(name string) {
	if !slices.Contains(l.unfilled, name) {
		l.unfilled = append(l.unfilled, name)
	}
}

// unknownsMost bounds how many names of shortcodes a line lists.
const unknownsMost = 5

// unknown notes a shortcode that is left as text.
func (l *losses) unknown(name string) {
	if len(l.unknowns) <= unknownsMost && !slices.Contains(l.unknowns, name) {
		l.unknowns = append(l.unknowns, name)
	}
}

// all returns the losses, with a line for all shortcodes and one for all blocks.
func (l *losses) all() []string {
	switch names := l.unknowns; {
	case len(names) == 1:
		l.lose("the shortcode %s is left as text", names[0])
	case len(names) > unknownsMost:
		l.lose("shortcodes are left as text: %s and others", strings.Join(names[:unknownsMost], ", "))
	case len(names) > 0:
		l.lose("shortcodes are left as text: %s", strings.Join(names, ", "))
	}
	if len(l.unfilled) > 0 {
		l.lose("blocks that WordPress fills when it shows the page: %s", strings.Join(l.unfilled, ", "))
	}
	return l.lines
}
