package merge

import (
	"bytes"
	"slices"
	"strings"

	"replant/migrate/blog"
)

// InForm returns a text in the form of the one that was made before it: a line that says what a
// line of base says, in another spelling, takes the spelling of base, and items of a list stand
// as far apart as there. A program that spells better than it did so changes no line of a page
// that somebody has edited since, and meets no edit with it. Whether two lines of the same
// letters say the same, same decides; lines of code are left alone.
func InForm(base, text []byte, same func(a, b []byte) bool) []byte {
	known := map[string]int{}
	old, now := readSpelled(base, known), readSpelled(text, known)
	var out bytes.Buffer
	out.Write(now.head)
	i, j := 0, 0
	for _, h := range append(compare(old.ids, now.ids), hunk{span{len(old.ids), len(old.ids)}, span{len(now.ids), len(now.ids)}}) {
		for ; j < h.now.from; i, j = i+1, j+1 {
			line := now.lines[j]
			if !now.code[j] && !old.code[i] && alike(old.lines[i], line, same) {
				line = old.lines[i]
			}
			out.Write(line)
			follows := j+1 < h.now.from && isItem(now.lines[j+1]) && isItem(old.lines[i+1])
			if follows && (now.gaps[j] == nil) != (old.gaps[i] == nil) {
				out.Write(old.gaps[i])
				continue
			}
			out.Write(now.gaps[j])
		}
		for ; j < h.now.to; j++ {
			out.Write(now.lines[j])
			out.Write(now.gaps[j])
		}
		i = h.old.to
	}
	return out.Bytes()
}

// spelled is a text in lines that show something, each with the empty ones behind it. Lines of
// the same letters and digits have equal ids.
type spelled struct {
	head  []byte // the empty lines at the beginning
	lines [][]byte
	gaps  [][]byte
	code  []bool
	ids   []int
}

// readSpelled takes a text apart; known has the ids of both texts.
func readSpelled(text []byte, known map[string]int) (s spelled) {
	fence := ""
	for line := range bytes.Lines(text) {
		if len(bytes.TrimSpace(line)) == 0 && fence == "" {
			if last := len(s.lines) - 1; last >= 0 {
				s.gaps[last] = append(s.gaps[last], line...)
			} else {
				s.head = append(s.head, line...)
			}
			continue
		}
		code := fence != ""
		switch mark := fenceOf(line); {
		case fence == "" && mark != "":
			fence, code = mark, true
		case fence != "" && strings.HasPrefix(mark, fence):
			fence = ""
		}
		key := blog.Letters(string(line))
		if code || key == "" {
			key = "\x00" + string(line)
		}
		id, ok := known[key]
		if !ok {
			id = len(known)
			known[key] = id
		}
		s.lines, s.gaps, s.code, s.ids = append(s.lines, line), append(s.gaps, nil), append(s.code, code), append(s.ids, id)
	}
	return s
}

// fenceOf returns the marks of a fence of code that a line is, in whatever it stands in.
func fenceOf(line []byte) string {
	rest := strings.TrimLeft(string(line), " \t>-*+0123456789.)")
	if n := len(rest) - len(strings.TrimLeft(rest, "`")); n >= 3 {
		return rest[:n]
	}
	return ""
}

// alike reports whether two lines stand as far in, and say the same.
func alike(a, b []byte, same func(a, b []byte) bool) bool {
	x, y := bytes.TrimLeft(a, " \t"), bytes.TrimLeft(b, " \t")
	return !bytes.Equal(a, b) && len(a)-len(x) == len(b)-len(y) && same(x, y)
}

// isItem reports whether a line begins an item of a list.
func isItem(line []byte) bool {
	s := strings.TrimLeft(string(line), " \t>")
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	mark, _, found := strings.Cut(s[digits:], " ")
	marks := []string{"-", "*", "+"}
	if digits > 0 {
		marks = []string{".", ")"}
	}
	return found && slices.Contains(marks, mark)
}
