package feedscan

// Text that says nothing of its encoding is read in those that it may be in, and is in the one
// in which it reads best. What tells differs:
//
//   - Text of another script than the Latin one is nearly all beyond ASCII, so that the frequent
//     letters of its languages are frequent in it: see [scripts].
//   - Latin text has few letters beyond ASCII, too few to count. In a wrong encoding they are
//     signs within words and other things that no word has: see [oddities].

// guessed returns the encoding of bytes that are no UTF-8 and of which nothing says what they
// are, or "" where they may as well be windows-1252.
func guessed(sample []byte) string {
	if text := beyondASCII(sample); len(text) > 0 {
		if label := likeliest(text); label != "" {
			return label
		}
	}
	return latin(sample)
}
