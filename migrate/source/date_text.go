package source

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"replant/migrate/blog"
)

// dateMost is the longest text that is taken for a date, in bytes.
const dateMost = 100

// readDate reads a date as feeds write it: RFC 3339 and RFC 822 with all that is made of
// them, the months of a dozen languages, seconds since 1970. It is zero for a text that
// says no day, or that may say two: 5/3/2019 is in March or in May. gofeed's own reading
// tries some hundred layouts in order, and so takes such a date for the first that fits.
func readDate(s string) time.Time {
	s = plainLetters.Replace(strings.ToLower(blog.OneLine(s)))
	if s == "" || len(s) > dateMost {
		return time.Time{}
	}
	if t, ok := epoch(s); ok {
		return plausible(t)
	}
	c, rest, ok := readClock(spaced(s))
	if !ok {
		return time.Time{}
	}
	d, ok := readDay(rest)
	if !ok {
		return time.Time{}
	}
	t := time.Date(d.year, time.Month(d.month), d.day, c.hour, c.minute, c.second, 0, c.zone)
	return plausible(t)
}

var epochForm = regexp.MustCompile(`^(\d{9,10})(?:\d{3}|\.\d+)?$`)

// epoch reads seconds or milliseconds since 1970.
func epoch(s string) (time.Time, bool) {
	m := epochForm.FindStringSubmatch(s)
	if m == nil {
		return time.Time{}, false
	}
	n, err := strconv.ParseInt(m[1], 10, 64)
	return time.Unix(n, 0).UTC(), err == nil
}

var compact = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(\d{2}))?(z|\s*[+-]\d{4})?$`)

// spaced puts the marks into a date that is written without them: 20240305T101500Z.
func spaced(s string) string {
	m := compact.FindStringSubmatch(s)
	switch {
	case m == nil:
		return s
	case m[4] == "":
		return m[1] + "-" + m[2] + "-" + m[3]
	}
	return m[1] + "-" + m[2] + "-" + m[3] + " " + m[4] + ":" + m[5] + ":" + m[6] + m[7]
}

// clock is a time of day; without one it is midnight, UTC.
type clock struct {
	hour, minute, second int
	zone                 *time.Location
}

var (
	clockForm  = regexp.MustCompile(`(?:^|[^\d:])(\d{1,2})[:h](\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?`)
	halfOfDay  = regexp.MustCompile(`^\s*([ap])\.?m\b\.?`)
	zoneBehind = regexp.MustCompile(`^\s*\(?(?:([a-z]{1,5})\b)?\s*([+-]\d{1,2}:?(?:\d{2})?)?(?:\s|\)|$)`)
	zoneAtEnd  = regexp.MustCompile(`\s([+-]\d{2}:?\d{2})$`)
	aside      = regexp.MustCompile(`\s*\([^()]*\)$`) // +0100 (CET)
)

// readClock takes the time of day and its zone out of a date, and gives the rest; ok is
// false for a time that there is not.
func readClock(s string) (c clock, rest string, ok bool) {
	c.zone = time.UTC
	m := clockForm.FindStringSubmatchIndex(s)
	if m == nil {
		return c, s, true
	}
	c.hour, c.minute = atoi(s[m[2]:m[3]]), atoi(s[m[4]:m[5]])
	if m[6] >= 0 {
		c.second = min(atoi(s[m[6]:m[7]]), 60)
	}
	before, behind := s[:m[2]], s[m[1]:]
	if half := halfOfDay.FindStringSubmatch(behind); half != nil {
		behind = behind[len(half[0]):]
		c.hour = c.hour%12 + 12*strings.Count(half[1], "p")
	}
	c.zone, behind = readZone(behind)
	ok = c.hour < 24 && c.minute < 60 || c.hour == 24 && c.minute == 0 && c.second == 0
	return c, before + " " + behind, ok
}

// readZone takes the zone out of what stands behind a time of day. A name that says
// nothing is taken for UTC, as RFC 2822, section 4.3, asks.
func readZone(s string) (zone *time.Location, rest string) {
	rest = s
	var name, offset string
	if m := zoneBehind.FindStringSubmatch(s); m != nil && monthOf(m[1]) == 0 {
		name, offset, rest = m[1], m[2], s[len(m[0]):]
	}
	rest = aside.ReplaceAllString(rest, "")
	if offset == "" {
		if m := zoneAtEnd.FindStringSubmatch(rest); m != nil {
			offset, rest = m[1], strings.TrimSuffix(rest, m[0])
		}
	}
	minutes := zones[name]
	if offset != "" {
		minutes = offsetOf(offset)
	}
	if minutes == 0 {
		return time.UTC, rest
	}
	return time.FixedZone("", minutes*60), rest
}

// offsetOf gives the minutes of an offset such as +0530, +5:30 or +5.
func offsetOf(s string) int {
	digits := strings.ReplaceAll(s[1:], ":", "")
	n := atoi(digits)
	if len(digits) <= 2 {
		n *= 100
	}
	n = n/100*60 + n%100
	if s[0] == '-' {
		return -n
	}
	return n
}

// atoi reads digits; what is no number is 0.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
