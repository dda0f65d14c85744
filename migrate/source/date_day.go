package source

import (
	"regexp"
	"strings"
	"time"
)

// day is a day of the calendar.
type day struct{ year, month, day int }

var (
	yearFirst  = regexp.MustCompile(`(?:^|\D)(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})(?:\D|$)`)
	yearLast   = regexp.MustCompile(`(?:^|\D)(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?:\D|$)`)
	monthOnly  = regexp.MustCompile(`^(\d{4})-(\d{2})$`) // a form of W3C's date and time
	wordsOfDay = regexp.MustCompile(`\d+|\p{L}+`)
)

// readDay reads the day that is left of a date without its time; ok is false for a day
// that there is not.
func readDay(s string) (d day, ok bool) {
	s = strings.TrimSpace(s)
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		d = day{atoi(m[1]), atoi(m[2]), atoi(m[3])}
	} else if m := yearLast.FindStringSubmatch(s); m != nil {
		d = ordered(m)
	} else if m := monthOnly.FindStringSubmatch(s); m != nil {
		d = day{atoi(m[1]), atoi(m[2]), 1}
	} else {
		d = spelled(wordsOfDay.FindAllString(s, -1))
	}
	return d, d.exists()
}

// exists tells whether there was such a day.
func (d day) exists() bool {
	t := time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
	return d.year > 0 && t.Year() == d.year && int(t.Month()) == d.month && t.Day() == d.day
}

// ordered reads three numbers, which it gets as yearLast finds them. Dots stand behind
// the day first; slashes and dashes do so here and not there, so that only a number
// beyond 12 tells. It is no day where nothing does.
func ordered(m []string) day {
	a, b, year := atoi(m[1]), atoi(m[3]), yearOf(m[4])
	switch {
	case a > 31: // 99-12-31
		return day{yearOf(m[1]), b, atoi(m[4])}
	case m[2] == ".", a > 12, a == b:
		return day{year, b, a}
	case b > 12:
		return day{year, a, b}
	}
	return day{}
}

// spelled reads a day whose month has a name. A weekday may look like one (mar. is
// Tuesday in Spain and France, and March): the last name is the month's.
func spelled(words []string) (d day) {
	var numbers []string
	for _, w := range words {
		if w[0] >= '0' && w[0] <= '9' {
			numbers = append(numbers, w)
		} else if m := monthOf(w); m > 0 {
			d.month = m
		}
	}
	if len(numbers) < 2 || d.month == 0 {
		return day{}
	}
	first, second := numbers[0], numbers[1]
	if len(first) > 2 { // 2006 Jan 2
		first, second = second, first
	}
	d.day, d.year = atoi(first), yearOf(second)
	return d
}

// yearOf reads a year; one of two digits means the years from 1950 to 2049 (RFC 2822,
// section 4.3).
func yearOf(s string) int {
	n := atoi(s)
	switch {
	case len(s) > 2:
		return n
	case n < 50:
		return 2000 + n
	}
	return 1900 + n
}

// monthOf gives the number of the month that a word names, in whatever language; 0 for
// any other word.
func monthOf(word string) int {
	for i, stems := range months {
		for _, stem := range stems {
			if strings.HasPrefix(word, stem) {
				return i + 1
			}
		}
	}
	return 0
}
