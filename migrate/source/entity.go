package source

import (
	"html"
	"regexp"
)

// entities are what the DOCTYPE of a feed declares: by name, the text that a reference
// stands for, as XML. A text holds no reference to another entity, and those from
// outside the document are not among them: nothing grows beyond its own length, and
// nothing is read.
type entities map[string]string

const (
	entityMost   = 1 << 10 // bytes of one text; a longer one stays a reference
	entitiesMost = 256
	// expandedMost is how much longer an item may get by its entities.
	expandedMost = 1 << 20
)

// entityDeclaration is an internal entity: XML 1.0, section 4.2.1.
var entityDeclaration = regexp.MustCompile(`<!ENTITY\s+([\w.:-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>`)

func entitiesIn(prolog []byte) entities {
	known := entities{}
	for _, m := range entityDeclaration.FindAllSubmatch(prolog, entitiesMost) {
		text := html.UnescapeString(string(m[2]) + string(m[3]))
		if _, again := known[string(m[1])]; !again && len(text) <= entityMost {
			known[string(m[1])] = html.EscapeString(text) // the first declaration binds
		}
	}
	return known
}
