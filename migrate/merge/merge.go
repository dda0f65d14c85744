// Package merge brings two versions of a text together that were made of one base, line
// by line: start at [Text]. It decides as git merge-file does, which a test compares
// it with, so that an author can try a merge, or finish one, with the tool at hand.
// [InForm] comes before a merge: what a text only spells in another way than its base changes
// no line.
package merge

import (
	"bytes"
	"slices"
)

// Text merges what mine and theirs changed in base. It returns the merged text, or, where
// both changed the same or adjoining lines in different ways, no text and mine's side of
// each such place, in order. A last line without a newline is another line than one
// with.
func Text(base, mine, theirs []byte) (merged []byte, clashes [][]byte) {
	t := newTexts(base, mine, theirs)
	var b bytes.Buffer
	next := 0 // line of mine
	for _, r := range t.regions() {
		b.Write(join(t.mine.lines[next:r.mine.from]))
		next = r.mine.to
		ours := t.mine.lines[r.mine.from:r.mine.to]
		switch {
		case r.from == both && !t.alike(r):
			clashes = append(clashes, join(ours))
		case r.from == right:
			b.Write(join(t.theirs.lines[r.theirs.from:r.theirs.to]))
		default:
			b.Write(join(ours))
		}
	}
	if clashes != nil {
		return nil, clashes
	}
	b.Write(join(t.mine.lines[next:]))
	return b.Bytes(), nil
}

func join(lines [][]byte) []byte { return bytes.Join(lines, nil) }

// text is a text in lines. Equal lines have equal ids, in all texts of a merge.
type text struct {
	lines [][]byte // each with its newline
	ids   []int
}

// texts are the three sides of a merge.
type texts struct{ base, mine, theirs text }

func newTexts(base, mine, theirs []byte) *texts {
	known := map[string]int{}
	return &texts{newText(base, known), newText(mine, known), newText(theirs, known)}
}

func newText(b []byte, known map[string]int) (t text) {
	for line := range bytes.Lines(b) {
		id, ok := known[string(line)]
		if !ok {
			id = len(known)
			known[string(line)] = id
		}
		t.lines, t.ids = append(t.lines, line), append(t.ids, id)
	}
	return t
}

// alike reports whether both sides came to the same lines.
func (t *texts) alike(r region) bool {
	return slices.Equal(t.mine.ids[r.mine.from:r.mine.to], t.theirs.ids[r.theirs.from:r.theirs.to])
}

// regions lists where the sides differ from the base, in order.
func (t *texts) regions() []region {
	var m merger
	mine, theirs := compare(t.base.ids, t.mine.ids), compare(t.base.ids, t.theirs.ids)
	for len(mine) > 0 && len(theirs) > 0 {
		switch l, r := mine[0], theirs[0]; {
		case l.old.to < r.old.from:
			m.left(l, r.shift())
			mine = mine[1:]
		case r.old.to < l.old.from:
			m.right(r, l.shift())
			theirs = theirs[1:]
		default:
			if same := l.old == r.old && slices.Equal(t.mine.ids[l.now.from:l.now.to], t.theirs.ids[r.now.from:r.now.to]); !same {
				m.both(l, r)
			}
			// The one that reaches further may meet the other side's next.
			if l.old.to >= r.old.to {
				theirs = theirs[1:]
			}
			if r.old.to >= l.old.to {
				mine = mine[1:]
			}
		}
	}
	for _, l := range mine {
		m.left(l, len(t.theirs.ids)-len(t.base.ids))
	}
	for _, r := range theirs {
		m.right(r, len(t.mine.ids)-len(t.base.ids))
	}
	return m.all
}

// Marks counts the lines with which git marks a conflict in a text.
func Marks(text []byte) (n int) {
	for line := range bytes.Lines(text) {
		if bytes.HasPrefix(line, []byte("<<<<<<< ")) || bytes.HasPrefix(line, []byte(">>>>>>> ")) {
			n++
		}
	}
	return n
}
