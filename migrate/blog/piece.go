package blog

// Piece is a stretch of a page in Markdown: prose, or one code span or code block.
// Targets see a page in pieces, since what a generator would take for its own
// template stands in code, and may begin in one piece and end in another.
type Piece struct {
	// Text is the Markdown of the piece. That of a code block in a list or a quote has
	// the prefix of its container at the start of each line but the first.
	Text string
	// HTML gives code as raw HTML in which no generator finds a template; it stands
	// where Text stands. It is nil for prose.
	HTML func() string
}
