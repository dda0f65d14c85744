package blog

// Source is the body of a post as it came, before anything was made of it.
type Source struct {
	Text string
	Form Form
}

// Form is what a source is written in.
type Form uint8

// The forms.
const (
	HTML      Form = iota
	WordPress      // HTML with WordPress' shortcodes and the comments of its blocks
	Markdown       // with Forem's Liquid tags
)
