package site

import (
	"html"
	"strings"
)

// zolaTitle spells a link's title. Zola 0.22 writes those of links to the web into the tag
// as they are (construct_external_link_tag in components/config/src/config/markup.rs): what
// would act there has to be written as a character reference. A site that has turned off all
// that Zola adds to such links shows references as they are written; there quotation marks
// that act nowhere stand in their place, so that the page stays safe when that changes.
func zolaTitle(s *Site, address, title string) string {
	switch web := strings.HasPrefix(address, "http:") || strings.HasPrefix(address, "https:"); {
	case !web:
		return title
	case s.plainLinks:
		return strings.NewReplacer(`"`, "”").Replace(title)
	case strings.ContainsAny(title, `"<>`) || html.UnescapeString(title) != title:
		return titleReferences.Replace(title)
	}
	return title
}

// titleReferences are for what ends an attribute, and for what looks like a reference.
var titleReferences = strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;", ">", "&gt;")
