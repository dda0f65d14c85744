package source

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"replant/migrate/blog"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
)

// dates returns when an item was published and last changed, as far as the item or its
// address says: published, updated, dc:date, the address; zero otherwise. The feed's
// own dates and the present say nothing about a post.
func dates(e *feedscan.Entry, u *url.URL) (published, updated time.Time) {
	published = readDate(e.Published)
	updated = modified(e)
	if published.IsZero() {
		published = readDate(e.Updated)
	}
	if published.IsZero() {
		published = dateIn(u)
	}
	if !updated.After(published) {
		updated = time.Time{}
	}
	return published, updated
}

// modified returns when an item changed. gofeed takes dc:date for it, which means when
// the item was published.
func modified(e *feedscan.Entry) time.Time {
	if e.DublinCoreExt != nil && len(e.DublinCoreExt.Date) > 0 {
		return time.Time{}
	}
	return readDate(e.Updated)
}

// plausible returns a date that means something: software without a date writes the first
// instant of its calendar. Zones beyond 14 hours do not exist.
func plausible(t time.Time) time.Time {
	_, offset := t.Zone()
	if t.Unix() == 0 || t.Year() < 1900 || t.Year() > 2100 || (time.Duration(offset)*time.Second).Abs() > zoneMost {
		return time.Time{}
	}
	return t
}

// zoneMost is how far a zone's clock is from GMT at the most.
const zoneMost = 14 * time.Hour

// InZone returns a time as a zone's clock shows it, where the source says no zone of its own:
// feeds write UTC for want of one. A day without a time stays that day, and so does the day
// that the post's address carries. Without a zone it is UTC, or what is nearest to that on the
// day of the address; guessed reports the latter.
func InZone(t time.Time, zone *time.Location, address *url.URL) (local time.Time, guessed bool) {
	if t.IsZero() || t.Location() != time.UTC || t.Equal(t.Truncate(24*time.Hour)) {
		return t, false
	}
	day := dateIn(address)
	switch {
	case zone == nil && (day.IsZero() || sameDay(day, t)):
		return t, false
	case zone == nil:
		return onDay(t, day)
	}
	if local = t.In(zone); !day.IsZero() && sameDay(day, t) && !sameDay(day, local) {
		return t, false
	}
	return local, false
}

// onDay returns a time by the clock, fewest hours from UTC, on which it is on a day; ok is
// false where none is.
func onDay(t, day time.Time) (local time.Time, ok bool) {
	hour := time.Hour
	if day.Before(t.Truncate(24 * time.Hour)) {
		hour = -hour
	}
	for ahead := hour; ahead.Abs() <= zoneMost; ahead += hour {
		if local := t.In(time.FixedZone("", int(ahead/time.Second))); sameDay(day, local) {
			return local, true
		}
	}
	return t, false
}

func sameDay(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }

var dated = regex.Lazy(`/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/-]|$)`)

// dateIn returns the day that an address carries, such as /2024/03/04/title.
func dateIn(u *url.URL) time.Time {
	if u == nil {
		return time.Time{}
	}
	m := dated().FindStringSubmatch(u.Path)
	if m == nil {
		return time.Time{}
	}
	t, err := time.Parse("2006-1-2", m[1]+"-"+m[2]+"-"+m[3])
	if err != nil {
		return time.Time{}
	}
	return t
}

// dateMost is the longest text that is taken for a date, in bytes.
const dateMost = 100

// readDate reads a date as feeds write it: RFC 3339 and RFC 822 with all that is made of
// them, the months of a dozen languages, seconds since 1970. It is zero for a text that
// says no day, or that may say two: 5/3/2019 is in March or in May. gofeed's own reading
// tries some hundred layouts in order, and so takes such a date for the first that fits.
func readDate(s string) time.Time {
	if s == "" {
		return time.Time{} // as most items say nothing of when they changed
	}
	if t, ok := standard(s); ok {
		return plausible(t)
	}
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

// standards are the forms in which nearly all feeds write a date, as the zones that they name
// are read here.
var standards = []string{time.RFC1123Z, "Mon, 02 Jan 2006 15:04:05 GMT", time.RFC3339}

// standard reads a date in one of these forms, which takes a twentieth of the time.
func standard(s string) (time.Time, bool) {
	for _, form := range standards {
		t, err := time.Parse(form, s)
		if err != nil {
			continue
		}
		zone := time.UTC
		if _, offset := t.Zone(); offset != 0 {
			zone = time.FixedZone("", offset)
		}
		return t.In(zone).Truncate(time.Second), true
	}
	return time.Time{}, false
}

var epochForm = regex.Lazy(`^(\d{9,10})(?:\d{3}|\.\d+)?$`)

// epoch reads seconds or milliseconds since 1970.
func epoch(s string) (time.Time, bool) {
	m := epochForm().FindStringSubmatch(s)
	if m == nil {
		return time.Time{}, false
	}
	n, err := strconv.ParseInt(m[1], 10, 64)
	return time.Unix(n, 0).UTC(), err == nil
}

var compact = regex.Lazy(`^(\d{4})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(\d{2}))?(z|\s*[+-]\d{4})?$`)

// spaced puts the marks into a date that is written without them: 20240305T101500Z.
func spaced(s string) string {
	m := compact().FindStringSubmatch(s)
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
	clockForm  = regex.Lazy(`(?:^|[^\d:])(\d{1,2})[:h](\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?`)
	halfOfDay  = regex.Lazy(`^\s*([ap])\.?m\b\.?`)
	zoneBehind = regex.Lazy(`^\s*\(?(?:([a-z]{1,5})\b)?\s*([+-]\d{1,2}:?(?:\d{2})?)?(?:\s|\)|$)`)
	zoneAtEnd  = regex.Lazy(`\s([+-]\d{2}:?\d{2})$`)
	aside      = regex.Lazy(`\s*\([^()]*\)$`) // +0100 (CET)
)

// readClock takes the time of day and its zone out of a date, and returns the rest; ok is
// false for a time that there is not.
func readClock(s string) (c clock, rest string, ok bool) {
	c.zone = time.UTC
	m := clockForm().FindStringSubmatchIndex(s)
	if m == nil {
		return c, s, true
	}
	c.hour, c.minute = atoi(s[m[2]:m[3]]), atoi(s[m[4]:m[5]])
	if m[6] >= 0 {
		c.second = min(atoi(s[m[6]:m[7]]), 60)
	}
	before, behind := s[:m[2]], s[m[1]:]
	if half := halfOfDay().FindStringSubmatch(behind); half != nil {
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
	if m := zoneBehind().FindStringSubmatch(s); m != nil && monthOf(m[1]) == 0 {
		name, offset, rest = m[1], m[2], s[len(m[0]):]
	}
	rest = aside().ReplaceAllString(rest, "")
	if offset == "" {
		if m := zoneAtEnd().FindStringSubmatch(rest); m != nil {
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

// offsetOf returns the minutes of an offset such as +0530, +5:30 or +5.
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

// day is a day of the calendar.
type day struct{ year, month, day int }

var (
	yearFirst  = regex.Lazy(`(?:^|\D)(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})(?:\D|$)`)
	yearLast   = regex.Lazy(`(?:^|\D)(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?:\D|$)`)
	monthOnly  = regex.Lazy(`^(\d{4})-(\d{2})$`) // a form of W3C's date and time
	wordsOfDay = regex.Lazy(`\d+|\p{L}+`)
)

// readDay reads the day that is left of a date without its time; ok is false for a day
// that there is not.
func readDay(s string) (d day, ok bool) {
	s = strings.TrimSpace(s)
	if m := yearFirst().FindStringSubmatch(s); m != nil {
		d = day{atoi(m[1]), atoi(m[2]), atoi(m[3])}
	} else if m := yearLast().FindStringSubmatch(s); m != nil {
		d = ordered(m)
	} else if m := monthOnly().FindStringSubmatch(s); m != nil {
		d = day{atoi(m[1]), atoi(m[2]), 1}
	} else {
		d = spelled(wordsOfDay().FindAllString(s, -1))
	}
	return d, d.exists()
}

// exists reports whether there was such a day.
func (d day) exists() bool {
	t := time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
	return d.year > 0 && t.Year() == d.year && int(t.Month()) == d.month && t.Day() == d.day
}

// ordered reads three numbers, which it gets as yearLast finds them. Dots stand behind
// the day first; slashes and dashes do so here and not there, so that only a number
// beyond 12 shows. It is no day where nothing does.
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

// monthOf returns the number of the month that a word names, in whatever language, or 0 for
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

// plainLetters writes the names of months as the list below has them.
var plainLetters = strings.NewReplacer("ä", "a", "á", "a", "à", "a", "é", "e", "è", "e", "ê", "e", "í", "i",
	"ó", "o", "ò", "o", "ô", "o", "ú", "u", "û", "u", "ù", "u", "ç", "c", "ź", "z", "ş", "s", "ğ", "g", "\u0301", "", "\u0308", "")

// months are what the names of each month begin with: in English, German, French,
// Spanish, Italian, Portuguese, Dutch, Polish, Russian, Turkish and the languages of
// Scandinavia.
var months = func() (all [12][]string) {
	for i, stems := range [12]string{
		"jan gen ene sty янв oca",
		"feb fev lut фев sub",
		"mar mrz mrt maer maar мар",
		"apr avr abr kwi апр nis",
		"mai may mei maj mag май мая",
		"jun juin giu cze июн haz",
		"jul juil lug lip июл tem",
		"aug aou ago sie авг agu",
		"sep set wrz сен eyl",
		"oct okt ott out paz окт eki",
		"nov lis ноя kas",
		"dec dez dic des gru дек ara",
	} {
		all[i] = strings.Fields(stems)
	}
	return all
}()

// zones are the minutes by which the zones that feeds name are ahead of UTC. Where
// several have one name, it is the one that most feeds mean: CST is Chicago's, BST
// London's, IST India's.
var zones = map[string]int{
	"nst": -210, "ast": -240, "adt": -180, "est": -300, "edt": -240, "cst": -360, "cdt": -300,
	"mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600,
	"brt": -180, "art": -180, "clt": -240, "bst": 60, "west": 60,
	"cet": 60, "cest": 120, "met": 60, "mest": 120, "mez": 60, "mesz": 120,
	"eet": 120, "eest": 180, "sast": 120, "cat": 120, "msk": 180, "trt": 180, "eat": 180,
	"pkt": 300, "ist": 330, "ict": 420, "wib": 420, "hkt": 480, "sgt": 480, "pht": 480, "awst": 480,
	"jst": 540, "kst": 540, "aest": 600, "aedt": 660, "acst": 570, "nzst": 720, "nzdt": 780,
}
