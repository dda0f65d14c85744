package source

// jekyll is Jekyll with its plug-in for feeds, and Octopress, which it grew from. Its feed
// holds the ten latest posts and has no older pages.
var jekyll = &Dialect{
	Name:  "jekyll",
	Match: signs{generator: `^(?:Jekyll|Octopress)\b`, body: []string{"highlighter-rouge", "bogus-wrapper"}}.match(),
}
