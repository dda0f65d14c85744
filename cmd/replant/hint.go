package main

import (
	"maps"
	"slices"
	"strings"
)

// instead says what to write for words that other tools have as verbs.
var instead = map[string]string{
	"sync": "replant SITE", "update": "replant SITE", "pull": "replant SITE",
	"migrate": "replant FEED SITE", "import": "replant FEED SITE", "convert": "replant FEED SITE",
	"diff": "replant -n FEED SITE", "plan": "replant -n FEED SITE", "dry-run": "replant -n FEED SITE",
}

// verbHint suggests the command that a word stands for; empty where it resembles none.
func verbHint(word string) string {
	if strings.ContainsAny(word, "./\\:") {
		return ""
	}
	known := slices.Collect(maps.Keys(instead))
	for _, verb := range command(func(op) {}).Commands() {
		known = append(known, verb.Name())
	}
	slices.Sort(known) // of two as near, always the same
	best := nearest(word, known)
	switch {
	case best == "":
		return ""
	case instead[best] != "":
		return "did you mean `" + instead[best] + "`?"
	}
	return "did you mean `replant " + best + "`?"
}
