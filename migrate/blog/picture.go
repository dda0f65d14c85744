package blog

// Picture is one that is shown in a size of its own.
type Picture struct {
	Src string // an address, with nothing in it that acts in a page
	Alt string // plain text on one line; may be empty
	// Width and Height are in pixels, such as "120", or a share of the page, such as
	// "50%"; one of them may be empty.
	Width, Height string
	Link          string // where a click on it leads, spelled like Src; may be empty
}
