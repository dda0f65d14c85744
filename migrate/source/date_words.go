package source

import "strings"

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
