package plan

import (
	"bufio"
	"bytes"
	"crypto/sha1" //nolint:gosec // git names its objects so
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"replant/migrate/ledger"
)

// WritePatch prints all changes, replant's own memory included, as one patch that
// `git apply` accepts and that makes byte for byte the tree that applying the plan
// makes. The form is that of git-diff(1), "Generating patch text with -p", with
// binaries as literals.
func (p *Plan) WritePatch(w io.Writer) error {
	b := bufio.NewWriter(w)
	for c := range p.whole() {
		if !c.Writes() {
			continue
		}
		if err := patch(b, c); err != nil {
			return fmt.Errorf("%s: %w", c.Path, err)
		}
	}
	return b.Flush()
}

// whole gives all changes, those of replant's own memory of the site last.
func (p *Plan) whole() iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for c := range p.All() {
			if !yield(c) {
				return
			}
		}
		if p.Ledger != nil && !yield(*p.Ledger) {
			return
		}
		if p.Stale.Exists() {
			yield(Change{Path: ledger.JournalName, Verdict: ledger.Delete, Before: p.Stale})
		}
	}
}

func patch(w *bufio.Writer, c Change) error {
	old, err := blob(c.Before)
	if err != nil {
		return err
	}
	fresh, err := blob(c.After)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "diff --git %s %s\n", quote("a/"+c.Path), quote("b/"+c.Path))
	switch {
	case !c.Before.Exists():
		fmt.Fprintf(w, "new file mode 100644\nindex %s..%s\n", old, fresh)
	case !c.After.Exists():
		fmt.Fprintf(w, "deleted file mode 100644\nindex %s..%s\n", old, fresh)
	default:
		fmt.Fprintf(w, "index %s..%s 100644\n", old, fresh)
	}
	if c.Before.Size()+c.After.Size() == 0 {
		return nil // an empty file is all header
	}
	before, after, text, err := lines(c)
	if err != nil {
		return err
	}
	if !text {
		return binaryPatch(w, c)
	}
	return textPatch(w, c, before, after)
}

// textPatch prints the hunks under headers of git's own form.
func textPatch(w *bufio.Writer, c Change, before, after []byte) error {
	fmt.Fprintf(w, "--- %s\n+++ %s\n", side("a/", c.Before, c.Path), side("b/", c.After, c.Path))
	hunks := diff.Diff("a", before, "b", after)
	for range 3 { // diff, ---, +++
		_, hunks, _ = bytes.Cut(hunks, []byte("\n"))
	}
	_, err := w.Write(hunks)
	return err
}

// side names one side of a text patch. A name with a space is followed by a tab, by
// which git and patch know its end.
func side(prefix string, c Content, name string) string {
	if !c.Exists() {
		return "/dev/null"
	}
	q := quote(prefix + name)
	if strings.ContainsRune(q, ' ') && q[0] != '"' {
		q += "\t"
	}
	return q
}

// quote writes a name as git does with core.quotePath: in double quotes with octal
// escapes where it holds anything but printable ASCII. A folder that ends in a space is
// quoted too: git apply takes that space for the end of the name (seen with 2.39).
func quote(name string) string {
	var b strings.Builder
	for i := range len(name) {
		switch c := name[i]; {
		case c == '"' || c == '\\':
			b.WriteString(`\` + string(c))
		case c < 0x20 || c >= 0x7f:
			fmt.Fprintf(&b, `\%03o`, c)
		default:
			b.WriteByte(c)
		}
	}
	if b.String() == name && !strings.Contains(name, " /") {
		return name
	}
	return `"` + b.String() + `"`
}

// blob gives the name that git would give the bytes; all zeros for an absent file.
func blob(c Content) (string, error) {
	if !c.Exists() {
		return strings.Repeat("0", 2*sha1.Size), nil
	}
	f, err := c.Open()
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha1.New()
	fmt.Fprintf(h, "blob %d\x00", c.Size())
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
