package feedscan

import (
	"bytes"
	"strings"

	"replant/migrate/regex"
)

// parseOdd reads a document of XML as it is, else with its attributes written as XML wants
// them: one that cannot be understood costs itself, never the item.
func parseOdd(doc []byte, isAtom bool) (document, error) {
	d, err := parseXML(doc, isAtom)
	if err == nil {
		return d, nil
	}
	right, rightErr := parseXML(wellFormed(doc), isAtom)
	if rightErr != nil {
		return d, err
	}
	return right, nil
}

// notMarkup begins with what holds no tags, and how that ends.
var notMarkup = []struct{ begin, end string }{{"<!--", "-->"}, {sectionBegin, sectionEnd}, {"<?", "?>"}, {"<!", ">"}, {"</", ">"}}

// wellFormed rewrites the attributes of all start tags.
func wellFormed(doc []byte) []byte {
	var out bytes.Buffer
	for {
		i := bytes.IndexByte(doc, '<')
		if i < 0 {
			break
		}
		out.Write(doc[:i])
		doc = doc[i:]
		n := passedOver(doc)
		if n == 0 {
			n = startTag(&out, doc)
		} else {
			out.Write(doc[:n])
		}
		doc = doc[n:]
	}
	out.Write(doc)
	return out.Bytes()
}

// passedOver returns the length of what comes next and is no start tag; 0 for one.
func passedOver(doc []byte) int {
	for _, p := range notMarkup {
		if !bytes.HasPrefix(doc, []byte(p.begin)) {
			continue
		}
		if end := bytes.Index(doc[len(p.begin):], []byte(p.end)); end >= 0 {
			return len(p.begin) + end + len(p.end)
		}
		return len(doc)
	}
	if !tagName().Match(doc) {
		return 1
	}
	return 0
}

var (
	tagName = regex.Lazy(`^<[A-Za-z_:][\w:.-]*`)
	// attribute is a name with a value, quoted or not, or without one.
	attribute = regex.Lazy(`^[\s/]*([^\s=/>"'<]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]*))?`)
	// junk is what stands between attributes and is none.
	junk     = regex.Lazy(`^[\s/]*[^\s/>]`)
	attrName = regex.Lazy(`^[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?$`)
)

// startTag writes a start tag whose attributes are well-formed, and returns how long it was.
func startTag(out *bytes.Buffer, doc []byte) (n int) {
	name := tagName().Find(doc)
	out.Write(name)
	n = len(name)
	seen := map[string]bool{}
	for {
		rest := doc[n:]
		if m := attribute().FindSubmatch(rest); m != nil {
			value, empty := bytes.CutSuffix(m[2], []byte("/"))
			if single := empty && len(rest) > len(m[0]) && rest[len(m[0])] == '>'; single {
				n-- // the slash of <a b=c/>
			} else {
				value = m[2]
			}
			n += len(m[0])
			if key := string(m[1]); attrName().MatchString(key) && !seen[key] {
				seen[key] = true
				out.WriteString(" " + key + `="` + quotable(value) + `"`)
			}
			continue
		}
		if j := junk().Find(rest); j != nil {
			n += len(j)
			continue
		}
		break
	}
	end := bytes.IndexByte(doc[n:], '>')
	if end < 0 {
		return len(doc)
	}
	out.Write(bytes.TrimSpace(doc[n : n+end+1]))
	return n + end + 1
}

// quotable returns a value as it may stand between double quotes.
func quotable(value []byte) string {
	if n := len(value); n > 1 && (value[0] == '"' || value[0] == '\'') {
		value = value[1 : n-1]
	}
	return strings.NewReplacer(`"`, "&quot;", "<", "&lt;").Replace(string(value))
}
