package site

import "replant/migrate/dom"

// formulaDelimiters returns the first pairs of delimiters that a configuration has Hugo
// pass formulas through by (https://gohugo.io/configuration/markup/#passthrough).
func formulaDelimiters(t table) dom.Delimiters {
	return dom.Delimiters{Inline: firstPair(t["inline"]), Block: firstPair(t["block"])}
}

func firstPair(list any) (pair [2]string) {
	pairs, _ := list.([]any)
	for _, p := range pairs {
		both, _ := p.([]any)
		if len(both) != len(pair) {
			continue
		}
		open, _ := both[0].(string)
		closing, _ := both[1].(string)
		if open != "" && closing != "" {
			return [2]string{open, closing}
		}
	}
	return pair
}
