package merge

import "bytes"

// Marks counts the lines with which git marks a conflict in a text.
func Marks(text []byte) (n int) {
	for line := range bytes.Lines(text) {
		if bytes.HasPrefix(line, []byte("<<<<<<< ")) || bytes.HasPrefix(line, []byte(">>>>>>> ")) {
			n++
		}
	}
	return n
}
