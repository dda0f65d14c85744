package site

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
)

// hugoLanguage gives the language whose pages have no mark of it in their names: the
// one that is set, else English, else the first by weight and then by name.
func hugoLanguage(all table) string {
	if lang := all.text("defaultcontentlanguage"); lang != "" {
		return strings.ToLower(lang)
	}
	languages := all.table("languages")
	if _, english := languages["en"]; english || len(languages) == 0 {
		return "en"
	}
	return slices.MinFunc(slices.Sorted(maps.Keys(languages)), func(a, b string) int {
		return cmp.Compare(weight(languages.table(a)), weight(languages.table(b)))
	})
}

// weight is a language's rank, a whole number to Hugo; one without comes last.
func weight(language table) int {
	w := 0
	switch v := language["weight"].(type) {
	case int: // YAML's
		w = v
	case int64: // TOML's
		w = int(v)
	case float64: // JSON's
		w = int(v)
	}
	if w == 0 {
		return math.MaxInt
	}
	return w
}
