package wptext

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// diviBlock returns what a block of Divi 5 shows. All that it has stands in its attributes: an
// element of the block has a text, or a picture, a button and so on with its own fields, as
// innerContent, for each width of a screen.
func (w *writer) diviBlock(name, attributes string) string {
	if old := "et_pb_" + strings.ReplaceAll(strings.TrimPrefix(name, "divi/"), "-", "_"); slices.Contains(strings.Fields(diviFilled), old) {
		w.told.unfill(name)
	}
	var elements map[string]json.RawMessage
	if json.Unmarshal([]byte(attributes), &elements) != nil {
		return ""
	}
	names := slices.SortedFunc(maps.Keys(elements), func(a, b string) int {
		return cmp.Or(diviRank(a)-diviRank(b), strings.Compare(a, b))
	})
	var b strings.Builder
	for _, name := range names {
		var e diviElement
		if json.Unmarshal(elements[name], &e) == nil {
			b.WriteString(e.show(w, name))
		}
	}
	return b.String()
}

// diviElement is an element of a block.
type diviElement struct {
	InnerContent struct{ Desktop struct{ Value any } }
	Decoration   struct {
		Font struct {
			Font struct {
				Desktop struct{ Value struct{ HeadingLevel string } }
			}
		}
	}
}

// diviRank is where an element stands in its block.
func diviRank(name string) int {
	for rank, names := range [][]string{{"image", "imageIcon", "portrait", "photo", "logo"}, {"title", "heading", "author"}, {"subtitle", "subhead"}} {
		if slices.Contains(names, name) {
			return rank
		}
	}
	if strings.HasPrefix(name, "button") {
		return 4
	}
	return 3
}

func (e diviElement) show(w *writer, name string) string {
	value, _ := e.InnerContent.Desktop.Value.(map[string]any)
	fields := settings(value)
	words, _ := e.InnerContent.Desktop.Value.(string)
	if words == "" {
		words = fields.str("text", "title")
	}
	href := linkTarget(fields.str("linkUrl", "url"))
	shown := ""
	switch src := fields.at("src"); {
	case fields.str("galleryIds", "ids") != "":
		shown = pictures(w, fields.str("galleryIds", "ids"))
	case src != "" && (strings.HasPrefix(name, "video") || strings.HasPrefix(name, "audio")):
		shown = playedAt(src)
	case src != "":
		shown = figure(linked(image(File{URL: src, Alt: fields.str("alt")}), href), "")
	case strings.HasPrefix(name, "button") && words != "":
		shown = button(words, href)
	case name == "title" || name == "heading":
		shown = heading(cmp.Or(e.Decoration.Font.Font.Desktop.Value.HeadingLevel, "h2"), linked(words, href))
	case strings.Contains(words, "<"):
		shown = flow(words)
	case words != "":
		shown = Paragraphs(words)
	}
	return "\n\n" + shown + leftover(shortcode{attrs: fields.flat()}, shown) + "\n\n"
}
