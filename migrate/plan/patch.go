package plan

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"crypto/sha1" //nolint:gosec // git names its objects so
	"encoding/binary"
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

// whole returns all changes, those of replant's own memory of the site last.
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

// blob returns the name that git would give the bytes; all zeros for an absent file.
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

// binaryPatch prints both sides as literals, so that the patch can be taken back. The
// bytes stream through: memory does not grow with a picture.
func binaryPatch(w *bufio.Writer, c Change) error {
	fmt.Fprintln(w, "GIT binary patch")
	if err := literal(w, c.After); err != nil {
		return err
	}
	return literal(w, c.Before)
}

// literal prints one side: its size, then its deflated bytes in base 85, 52 a line.
func literal(w *bufio.Writer, c Content) error {
	fmt.Fprintf(w, "literal %d\n", c.Size())
	lines := &base85{w: w}
	z, err := zlib.NewWriterLevel(lines, zlib.BestSpeed) // pictures are compressed already
	if err != nil {
		return err
	}
	if c.Exists() {
		f, err := c.Open()
		if err != nil {
			return err
		}
		defer f.Close()
		if _, err := io.Copy(z, f); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	return lines.Close()
}

// alphabet is git's base 85 (RFC 1924's), which is not Ascii85's.
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"

// lineBytes is how many bytes git puts on a line of a literal.
const lineBytes = 52

// base85 writes lines of git's binary literals: a letter for the number of bytes, then
// five characters for each four bytes, the last ones filled up with zeros.
type base85 struct {
	w    *bufio.Writer
	line [lineBytes]byte
	n    int
	out  [1 + lineBytes/4*5 + 1]byte
}

func (b *base85) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		k := copy(b.line[b.n:], rest)
		b.n += k
		rest = rest[k:]
		if b.n < lineBytes {
			break
		}
		if err := b.flush(); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}

// Close writes what is left and the empty line that ends a literal.
func (b *base85) Close() error {
	if b.n > 0 {
		if err := b.flush(); err != nil {
			return err
		}
	}
	return b.w.WriteByte('\n')
}

// flush writes the line.
func (b *base85) flush() error {
	clear(b.line[b.n:])
	out := append(b.out[:0], length(b.n))
	for i := 0; i < b.n; i += 4 {
		out = appendWord(out, binary.BigEndian.Uint32(b.line[i:]))
	}
	b.n = 0
	_, err := b.w.Write(append(out, '\n'))
	return err
}

// length is the letter for a number of bytes: A to Z for 1 to 26, a to z for 27 to 52.
func length(n int) byte {
	if n > 26 {
		return byte('a' + n - 27)
	}
	return byte('A' + n - 1)
}

// appendWord appends the five digits of a word, the most significant first.
func appendWord(out []byte, v uint32) []byte {
	for div := uint32(85 * 85 * 85 * 85); div > 0; div /= 85 {
		out = append(out, alphabet[v/div%85])
	}
	return out
}
