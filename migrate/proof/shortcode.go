package proof

import (
	"regexp"
	"strconv"
	"strings"
)

// A shortcode stands in a page's text by its number between two marks while Markdown is
// read, as it does while the generators read it. Unicode gives both to nobody.
const (
	callMark = "\uFDD0"
	callEnd  = "\uFDD1"
)

var hugoCall = regexp.MustCompile(`(?s)\{\{([<%])(.*?)([>%])\}\}`)

// expand gives a page as it is before its Markdown is read: shortcodes by number, and
// those that are only shown as they show.
func (g Generator) expand(page string) (text string, calls []string) {
	switch {
	case g == Zola && (strings.Contains(page, "{{") || strings.Contains(page, "{%")):
		return expand(page, zolaCall, zolaShows)
	case g == Hugo && (strings.Contains(page, "{{<") || strings.Contains(page, "{{%")):
		return expand(page, hugoCall, hugoShows)
	}
	return page, nil
}

// hugoShows gives what a shortcode of Hugo shows: a comment inside makes it text
// (https://gohugo.io/content-management/shortcodes/#escaping), and replant's own
// empty one, which keeps marks in code apart, is nothing.
func hugoShows(m []string) (text string, call bool) {
	inner := strings.TrimSpace(m[2])
	if shown, ok := strings.CutPrefix(inner, "/*"); ok {
		if shown, ok = strings.CutSuffix(shown, "*/"); ok {
			return "{{" + m[1] + shown + m[3] + "}}", false
		}
	}
	if name := strings.TrimSpace(strings.TrimPrefix(inner, "/")); name == "x.inline" {
		return "", false
	}
	return inner, true
}

var named = regexp.MustCompile("(\\w+)=(?:\"([^\"]*)\"|`([^`]*)`)")

// parameters gives the named parameters of a shortcode.
func parameters(given string) map[string]string {
	all := map[string]string{}
	for _, m := range named.FindAllStringSubmatch(given, -1) {
		all[m[1]] = m[2] + m[3]
	}
	return all
}

func expand(page string, call *regexp.Regexp, shows func(match []string) (text string, call bool)) (string, []string) {
	var b strings.Builder
	var calls []string
	done := 0
	for _, at := range call.FindAllStringSubmatchIndex(page, -1) {
		match := make([]string, len(at)/2)
		for i := range match {
			if at[2*i] >= 0 {
				match[i] = page[at[2*i]:at[2*i+1]]
			}
		}
		b.WriteString(page[done:at[0]])
		done = at[1]
		text, isCall := shows(match)
		if !isCall {
			b.WriteString(text)
			continue
		}
		b.WriteString(callMark + strconv.Itoa(len(calls)) + callEnd)
		calls = append(calls, text)
	}
	b.WriteString(page[done:])
	return b.String(), calls
}
