package template

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"replant/migrate/blog"
)

// function is one of Hugo's, with its arguments in Hugo's order: what is piped into it comes
// last. What it makes of nothing is nothing.
type function struct {
	least, most int // of arguments; most is 0 for any number
	call        func(args []any) (any, error)
}

// functions are those of Hugo that front matter and paths want.
var functions = map[string]function{
	"and":        {1, 0, func(a []any) (any, error) { return chosen(a, false), nil }},
	"anchorize":  {1, 1, slugged},
	"dateFormat": {2, 2, func(a []any) (any, error) { return formatted(a[0], a[1]) }},
	"default":    {1, 2, func(a []any) (any, error) { return or(a[len(a)-1], a[0]), nil }},
	"delimit":    {2, 2, delimited},
	"eq":         {2, 2, func(a []any) (any, error) { return text(a[0]) == text(a[1]), nil }},
	"first":      {2, 2, firstOf},
	"in":         {2, 2, in},
	"index":      {2, 2, indexed},
	"len":        {1, 1, length},
	"lower":      {1, 1, each(strings.ToLower)},
	"ne":         {2, 2, func(a []any) (any, error) { return text(a[0]) != text(a[1]), nil }},
	"not":        {1, 1, func(a []any) (any, error) { return !truth(a[0]), nil }},
	"or":         {1, 0, func(a []any) (any, error) { return chosen(a, true), nil }},
	"printf":     {1, 0, printed},
	"replace":    {3, 3, replaced},
	"slugify":    {1, 1, slugged},
	"title":      {1, 1, each(Title)},
	"trim":       {2, 2, func(a []any) (any, error) { return strings.Trim(text(a[0]), text(a[1])), nil }},
	"upper":      {1, 1, each(strings.ToUpper)},
	"urlize":     {1, 1, slugged},
}

func functionNames() string { return strings.Join(slices.Sorted(maps.Keys(functions)), ", ") }

// wants says how many arguments a function has.
func (f function) wants() string {
	switch {
	case f.most == 0:
		return fmt.Sprintf("at least %d", f.least)
	case f.most > f.least:
		return fmt.Sprintf("%d or %d", f.least, f.most)
	}
	return fmt.Sprint(f.least)
}

// each returns a function of a text that does the same to each text of a list.
func each(change func(string) string) func([]any) (any, error) {
	return func(a []any) (any, error) {
		list, ok := a[0].([]string)
		if !ok {
			return change(text(a[0])), nil
		}
		all := make([]string, 0, len(list))
		for _, s := range list {
			all = append(all, change(s))
		}
		return all, nil
	}
}

func slugged(a []any) (any, error) { return each(blog.Slug)(a) }

// Title returns a text with the first letter of each word in upper case.
func Title(s string) string {
	inWord := false
	return strings.Map(func(r rune) rune {
		begins := !inWord
		inWord = unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' || r == '’'
		if begins {
			return unicode.ToTitle(r)
		}
		return r
	}, s)
}

// or returns a value, or another in the place of nothing. A truth value is never nothing.
func or(v, other any) any {
	if _, isBool := v.(bool); isBool || truth(v) {
		return v
	}
	return other
}

// chosen returns the first argument whose truth is the one wanted, else the last.
func chosen(a []any, wanted bool) any {
	for _, v := range a {
		if truth(v) == wanted {
			return v
		}
	}
	return a[len(a)-1]
}

func delimited(a []any) (any, error) {
	list, ok := a[0].([]string)
	if !ok && a[0] != nil {
		return nil, fmt.Errorf("wants a list, not %s", kind(a[0]))
	}
	return strings.Join(list, text(a[1])), nil
}

func firstOf(a []any) (any, error) {
	n, list, err := place(a[0], a[1])
	return list[:max(0, min(n, len(list)))], err
}

func in(a []any) (any, error) {
	if list, ok := a[0].([]string); ok {
		return slices.ContainsFunc(list, func(s string) bool { return strings.EqualFold(s, text(a[1])) }), nil
	}
	return a[0] != nil && strings.Contains(text(a[0]), text(a[1])), nil
}

func indexed(a []any) (any, error) {
	n, list, err := place(a[1], a[0])
	if err != nil || n < 0 || n >= len(list) {
		return nil, err
	}
	return list[n], nil
}

// place returns a number and the list that it counts in.
func place(number, of any) (n int, list []string, err error) {
	n, isNumber := number.(int)
	list, isList := of.([]string)
	if !isNumber && number != nil || !isList && of != nil {
		return 0, nil, fmt.Errorf("wants a number and a list, not %s and %s", kind(number), kind(of))
	}
	return n, list, nil
}

func length(a []any) (any, error) {
	if list, ok := a[0].([]string); ok {
		return len(list), nil
	}
	return len(text(a[0])), nil
}

// printed writes values by a format of Go's; nothing where one of them is nothing.
func printed(a []any) (any, error) {
	format, values := text(a[0]), a[1:]
	if slices.Contains(values, nil) {
		return nil, nil
	}
	harmless := slices.Clone(values) // a text may look like what fmt says of a mistake
	for i, v := range values {
		if _, isText := v.(string); isText {
			harmless[i] = ""
		}
	}
	if _, wrong, found := strings.Cut(fmt.Sprintf(strings.ReplaceAll(format, "%%", ""), harmless...), "%!"); found {
		return nil, fmt.Errorf("%q does not fit its values: %%!%s", format, wrong)
	}
	return fmt.Sprintf(format, values...), nil
}

func replaced(a []any) (any, error) {
	return each(func(s string) string { return strings.ReplaceAll(s, text(a[1]), text(a[2])) })(a[:1])
}
