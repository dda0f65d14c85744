package feedscan

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// script is how text of an encoding is recognised: by the letters that are frequent in what
// is written in it.
type script struct {
	labels []string // encodings, as WHATWG names them
	// letters are those of its texts, the most frequent first; upper case does not count.
	letters string
	// block holds further letters that are a sign of it; may be nil.
	block *unicode.RangeTable
	least float64 // the score from which on a text is believed to be of it
	whole bool    // letters are all of the alphabet: their order says more than their number
}

// scripts are those that are guessed. The most frequent characters of Chinese and the most
// frequent syllables of Korean are some two fifths of a text, and a thirtieth of one that is
// read wrongly; kana are half of a Japanese one.
var scripts = []script{
	{labels: []string{"shift_jis", "euc-jp"}, block: kanaLetters, least: .14},
	{labels: []string{"gb18030"}, least: .15, letters: "的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴切博客蜂"},
	{labels: []string{"big5"}, least: .15, letters: "的一是不了人我在有他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長知民樣現分將外但身些與高意進把法此實回二理美點月明其種聲全工己話兒者向情部正名定女問力機給等幾很業最間新什打便位因重被走電四第門相次東政海口使教西再平真聽世氣信北少關並內加化由卻代軍產入先山五太水萬市眼體別處總才場師書比住員九笑性通目華報立馬命張活難神數件安表原車白應路期叫死常提感金何更反合放做系計或司利受光王果親界及今京務制解各任至清物台象記邊共風戰幹接它許八特覺望直服毛林題建南度統色字請交愛讓認算論百吃義科怎元社術結六功指思非流每青管夫連遠資隊跟帶花快條院變聯言權往展該領傳近留紅治決周保達辦運武半候七必城父強步完革深區即求品士轉量空甚眾技輕程告江語英基派滿式李息寫呢識極令黃德收臉錢黨倒未持取設始版雙歷越史商千片容研像找友孩站廣改議形委早房音火際則首單據導影失拿網香似斯專石若兵弟誰校讀志飛觀爭究包組造落視濟喜離雖壞興切部落格蜂"},
	{labels: []string{"euc-kr"}, least: .16, letters: "이다는에을의가고하지은를한로기도사서나자리어아해인그대시스일수있정것라으만전제안보게부들여구요원상주적들면소성장우니동신조공세비과관었했마무거중계전양국연선화개러방미진유위모경용르트네터분명생물내문단때실행교당식체반없까레오진말와저강입결더야각래호차바통많녕두디금재회표"},
	{labels: []string{"koi8-r", "windows-1251", "iso-8859-5", "ibm866"}, least: .62, whole: true, letters: "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґўћљњџђ"},
	{labels: []string{"windows-1253"}, least: .6, whole: true, letters: "αοιετσνηυρπκμλςίόάγδέήωθύχώφβξζψϊϋΐΰ"},
	{labels: []string{"windows-1255"}, least: .58, whole: true, letters: "יוהלאבתשרמנםקעדכפחסטצגזןףךץ"},
	{labels: []string{"windows-874"}, least: .57, whole: true, letters: "านรอกเ่ง้มัยลวีดทสตะปิบคหแจพชขใไืโุูถ์็ผธณศำซภษญฟฐฉๆฝฮฎฏฬ"},
}

var kanaLetters = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x3041, Hi: 0x3096, Stride: 1}, {Lo: 0x30A1, Hi: 0x30FC, Stride: 1}}}

const (
	// wordsMost is how much text is weighed: more makes it no surer.
	wordsMost = 2 << 10
	// neighboursLeast is how many of a hundred bytes beyond ASCII stand beside another one, in
	// text of another script than ours. Accents of Western Europe stand alone.
	neighboursLeast = 75
)

// beyondASCII returns the words of a sample that hold bytes beyond ASCII, with spaces
// between them; nil where those are the accents of a Latin text.
func beyondASCII(sample []byte) (text []byte) {
	all, beside := 0, 0
	high := func(i int) bool { return i >= 0 && i < len(sample) && sample[i] >= utf8.RuneSelf }
	start, holds := 0, false
	for i := 0; i <= len(sample); i++ {
		switch {
		case high(i):
			all++
			holds = true
			if high(i-1) || high(i+1) || i > 0 && i+1 < len(sample) && high(i-2) && high(i+2) {
				beside++
			}
		case i < len(sample) && !separates(sample[i]):
		default:
			if holds && len(text) < wordsMost {
				text = append(append(text, sample[start:i]...), ' ')
			}
			start, holds = i+1, false
		}
	}
	if all == 0 || 100*beside < neighboursLeast*all {
		return nil
	}
	return text
}

// separates reports whether an ASCII byte is in no encoding the second one of a character.
func separates(b byte) bool { return b < '0' || b == '<' || b == '>' }

// likeliest returns the encoding in which a text is most like what is written in it; "" where
// it is like none.
func likeliest(text []byte) string {
	best, label := 1.0, ""
	for i := range scripts {
		s := &scripts[i]
		for _, l := range s.labels {
			if score := s.score(text, l) / s.least; score > best {
				best, label = score, l
			}
		}
	}
	return label
}

// damageMost is how many of a hundred characters may be none in an encoding: a text is cut off
// somewhere, or damaged.
const damageMost = 3

// lettersLeast is of how many letters something can be told, and alphabetLeast of how many where
// each byte is one: a quote beside an accent is no Hebrew.
const lettersLeast, alphabetLeast = 2, 4

// score returns how alike a text of an encoding is to those of its script, from 0 to 1.
func (s *script) score(text []byte, label string) float64 {
	enc, _ := charset.Lookup(label)
	decoded, err := enc.NewDecoder().Bytes(text)
	if err != nil {
		return 0
	}
	rank := s.ranks()
	letters, damaged, sum := 0, 0, 0.0
	for _, r := range string(decoded) {
		switch {
		case r < utf8.RuneSelf:
			continue
		case r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Co, r):
			damaged++
		case unicode.IsPunct(r) || unicode.IsSpace(r):
			continue
		}
		letters++
		sum += s.weight(r, rank)
	}
	if letters < lettersLeast || s.whole && letters < alphabetLeast || 100*damaged > damageMost*letters {
		return 0
	}
	return sum / float64(letters)
}

// weight returns what a letter says for the script, from 0 to 1.
func (s *script) weight(r rune, rank map[rune]float64) float64 {
	if s.block != nil && unicode.Is(s.block, r) {
		return 1
	}
	if w, known := rank[r]; known {
		return w
	}
	if s.whole {
		return rank[unicode.ToLower(r)] / 2 // names and beginnings
	}
	return 0
}

// ranks returns the weights of the letters of a script.
func (s *script) ranks() map[rune]float64 {
	n := utf8.RuneCountInString(s.letters)
	rank := make(map[rune]float64, n)
	i := 0
	for _, r := range s.letters {
		if _, twice := rank[r]; !twice {
			rank[r] = 1
			if s.whole {
				rank[r] = 1 - float64(i)/float64(n)
			}
		}
		i++
	}
	return rank
}
