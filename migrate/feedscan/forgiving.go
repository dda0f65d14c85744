package feedscan

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	feeds "github.com/mmcdole/gofeed/json"
)

// withoutNobody takes the nulls out of lists of authors, which the translator would not
// survive.
func withoutNobody(f *feeds.Feed) {
	nobody := func(a *feeds.Author) bool { return a == nil }
	f.Authors = slices.DeleteFunc(f.Authors, nobody)
	for _, i := range f.Items {
		i.Authors = slices.DeleteFunc(i.Authors, nobody)
	}
}

// jsonKind is what a member of a JSON Feed has to be.
type jsonKind int

const (
	isText jsonKind = iota
	isBody
	isDate
	isBool
	isTexts
	isPerson
	isPeople
	isFiles
)

// jsonKinds are the members of a feed and of its items (JSON Feed 1.1). Others, whose names
// begin with an underscore by the standard, are not read.
var jsonKinds = map[string]jsonKind{
	"id": isText, "url": isText, "external_url": isText, "title": isText, "content_html": isBody, "content_text": isBody,
	"summary": isText, "image": isText, "banner_image": isText, "language": isText, "version": isText, "home_page_url": isText,
	"feed_url": isText, "description": isText, "user_comment": isText, "next_url": isText, "icon": isText, "favicon": isText,
	"date_published": isDate, "date_modified": isDate, "expired": isBool,
	"tags": isTexts, "author": isPerson, "authors": isPeople, "attachments": isFiles,
}

// parseForgiving reads an object of JSON Feed in what stands around it: as it is, else with
// its members put right.
func parseForgiving(before string, object []byte, after string) (document, error) {
	whole := func(object []byte) []byte { return slices.Concat([]byte(before), object, []byte(after)) }
	d, err := parseJSON(whole(object))
	if err == nil {
		return d, nil
	}
	right, broken := forgiving(object)
	if broken != nil {
		return d, err
	}
	return parseJSON(whole(right))
}

// forgiving returns an object of JSON Feed whose members have the types that the standard
// gives them. A member that cannot be understood is left out, and so costs itself alone.
func forgiving(object []byte) ([]byte, error) {
	var members map[string]any
	d := json.NewDecoder(bytes.NewReader(object))
	d.UseNumber()
	if err := d.Decode(&members); err != nil {
		return nil, err
	}
	kept := map[string]any{}
	for name, value := range members {
		name = strings.ToLower(name)
		kind, known := jsonKinds[name]
		if value = ofKind(value, kind); known && value != nil && kept[name] == nil {
			kept[name] = value
		}
	}
	return json.Marshal(kept)
}

// ofKind returns a value as what it has to be, or nil.
func ofKind(v any, kind jsonKind) any {
	switch kind {
	case isText:
		return orNil(textOf(v))
	case isBody:
		return orNil(bodyOf(v))
	case isDate:
		return orNil(dateOf(v))
	case isBool:
		return v == true || strings.EqualFold(textOf(v), "true")
	case isTexts:
		return textsOf(v)
	case isPerson:
		for _, p := range listOf(v) {
			if person := personOf(p); person != nil {
				return person
			}
		}
	case isPeople:
		return objects(v, personOf)
	case isFiles:
		return objects(v, fileOf)
	}
	return nil
}

func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// textOf returns the text of a value: itself, a number, or the first text of a list. Of an
// object it is what the object calls its text.
func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case []any:
		for _, one := range v {
			if s := textOf(one); s != "" {
				return s
			}
		}
	case map[string]any:
		for _, name := range []string{"name", "title", "label", "term", "url", "href", "src", "value", "text", "rendered"} {
			if s, ok := v[name].(string); ok {
				return s
			}
		}
	}
	return ""
}

// bodyOf returns the text of a post: of a list, all parts; of an object, what it calls its text, or
// else all texts in it.
func bodyOf(v any) string {
	var parts []string
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			parts = append(parts, bodyOf(one))
		}
	case map[string]any:
		for _, name := range []string{"html", "content_html", "rendered", "value", "content", "text", "body", "#text", "$t", "_"} {
			if s := bodyOf(v[name]); s != "" {
				return s
			}
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if s, ok := v[name].(string); ok {
				parts = append(parts, s)
			}
		}
	default:
		return textOf(v)
	}
	return strings.TrimSpace(strings.Join(parts, "\n\n"))
}

// textsOf reads a list of words: a list, or words with commas between them.
func textsOf(v any) any {
	var all []string
	if s, ok := v.(string); ok {
		for word := range strings.SplitSeq(s, ",") {
			all = append(all, strings.TrimSpace(word))
		}
		return all
	}
	for _, one := range listOf(v) {
		if s := strings.TrimSpace(textOf(one)); s != "" {
			all = append(all, s)
		}
	}
	if all == nil {
		return nil
	}
	return all
}

// listOf returns a list, or what should be in one.
func listOf(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

// secondsMost is the largest number that is one of seconds, and not of milliseconds.
const secondsMost = 1 << 36

// dateOf returns a date as text: a number is one of seconds or milliseconds since 1970.
func dateOf(v any) string {
	n, ok := v.(json.Number)
	if !ok {
		return textOf(v)
	}
	f, err := n.Float64()
	switch {
	case err != nil || f <= 0 || f >= 1000*secondsMost:
		return ""
	case f >= secondsMost:
		return time.UnixMilli(int64(f)).UTC().Format(time.RFC3339)
	}
	return time.Unix(int64(f), 0).UTC().Format(time.RFC3339)
}

// objects returns what of a list can be read by one.
func objects(v any, one func(any) map[string]any) any {
	var all []any
	for _, x := range listOf(v) {
		if o := one(x); o != nil {
			all = append(all, o)
		}
	}
	if all == nil {
		return nil
	}
	return all
}

// personOf reads an author, who may be a name alone.
func personOf(v any) map[string]any {
	switch v := v.(type) {
	case string:
		return texts(map[string]any{"name": v}, "name")
	case map[string]any:
		return texts(v, "name", "url", "avatar")
	}
	return nil
}

// fileOf reads an attachment, which may be an address alone. Its length is of no use here.
func fileOf(v any) map[string]any {
	members, ok := v.(map[string]any)
	if !ok {
		members = map[string]any{"url": v}
	}
	return texts(members, "url", "mime_type", "title")
}

// texts returns the members of these names that are texts, or nil where there are none.
func texts(members map[string]any, names ...string) map[string]any {
	kept := map[string]any{}
	for _, name := range names {
		if s := textOf(members[name]); s != "" {
			kept[name] = s
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return kept
}
