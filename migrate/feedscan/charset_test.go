package feedscan

import (
	"strings"
	"testing"
)

// TestUndeclaredEncodings reads feeds that say nothing of their encoding. Titles are short,
// as the first text of a feed may be.
func TestUndeclaredEncodings(t *testing.T) {
	t.Parallel()
	for label, titles := range map[string][]string{
		"shift_jis":    {"蜂は花から花へと飛びます。", "こんにちは", "ミツバチの世界についてのブログです。今日は女王蜂の話。"},
		"euc-jp":       {"蜂は花から花へと飛びます。", "こんにちは", "ミツバチの世界についてのブログです。今日は女王蜂の話。"},
		"gbk":          {"蜜蜂从一朵花飞到另一朵花。", "今天天气很好", "这是我的博客，关于养蜂的故事。"},
		"big5":         {"蜜蜂從一朵花飛到另一朵花。", "今天天氣很好", "這是我的部落格，關於養蜂的故事。"},
		"euc-kr":       {"벌은 꽃에서 꽃으로 날아갑니다.", "안녕하세요", "양봉에 관한 블로그입니다. 오늘은 여왕벌 이야기."},
		"koi8-r":       {"Пчёлы летают от цветка к цветку.", "Привет, мир", "Это мой блог о пчёлах. Сегодня расскажу о матке."},
		"windows-1251": {"Пчёлы летают от цветка к цветку.", "Привет, мир", "Это мой блог о пчёлах. Сегодня расскажу о матке."},
		"iso-8859-5":   {"Пчёлы летают от цветка к цветку.", "Как мы провели лето в деревне"},
		"ibm866":       {"Пчёлы летают от цветка к цветку.", "Как мы провели лето в деревне"},
		"windows-874":  {"ผึ้งบินจากดอกไม้ไปยังดอกไม้", "สวัสดีชาวโลก"},
		"windows-1253": {"Οι μέλισσες πετούν από λουλούδι σε λουλούδι"},
		"windows-1255": {"הדבורים עפות מפרח לפרח"},
		"windows-1250": {"Pszczoły lecą do domu, miód gęstnieje", "Včely letí domů a med v plástvích houstne pod střechou", "A méhek hazafelé repülnek, a szűrő alatt sűrű méz gyűlik az erdőből"},
		"iso-8859-2":   {"Pszczoły śpią, miód gęstnieje w źdźbłach", "Včely letí domů, žluté květy šumí"},
		"windows-1254": {"Arılar eve uçuyor, güneş ışığı çok güzel"},
		"windows-1252": {
			"Býflugur þjóta yfir garðinn, það er gott veður í dag", "Bierne flyver på øen, og det er hårdt, ærligt", "¿Qué? ¡No! La abeja nº1 pesa ½ onza, 5 m² y 3 m³", "As abelhas não vão até à colmeia, põem ovos", "L’abella col·labora, però és així",
			"Il perché è così: più là, già giù", "Mesilased lendavad üle õue, öö jõuab kätte", "Mehiläinen lentää öisin pöydän yli", "Façade–über ÉTÉ ÄÖÜ ß £5 §3 ±2",
			"Die Bienen fliegen über die Wiese", "naïve café", "“Smart quotes” and dashes — it’s fine", "Été à la française, déjà vu",
			"El niño comió piña mañana", "Ça a été créé: là, où, île, œuvre", "Æbleskiver på en ø, ærø", "« Où ? » – « Là ! »", "…", "é", "”é", "Straße, Größe, Übermaß, Ääh",
			"¿Qué?", "à à à", "«ô»",
		},
	} {
		for _, title := range titles {
			source := encoded(t, label, feedOf("", title))
			got, err := allNamed(t, strings.NewReader(source), "")
			if err != nil || got != title {
				t.Errorf("%s: %q, %v; want %q", label, got, err, title)
			}
		}
	}
}

// TestDeclaredEncodingIsBelieved keeps the detector away from what says what it is.
func TestDeclaredEncodingIsBelieved(t *testing.T) {
	t.Parallel()
	const title = "Привет, мир"
	source := encoded(t, "koi8-r", feedOf("windows-1252", title))
	if got, err := allNamed(t, strings.NewReader(source), ""); err != nil || got == title {
		t.Errorf("got %q, %v", got, err)
	}
}

// TestDamageIsCounted counts the characters of each item that its encoding does not have.
func TestDamageIsCounted(t *testing.T) {
	t.Parallel()
	for name, source := range map[string]string{
		"XML":  feedOf("utf-8", "caf\xC3\xA9 \xFF\xFE", "whole \xC3\xA9 \uFFFD"),
		"JSON": `{"version":"https://jsonfeed.org/version/1","items":[{"title":"` + "caf\xC3\xA9 \xFF\xFE" + `"},{"title":"` + "whole \xC3\xA9 \uFFFD" + `"}]}`,
	} {
		c, err := Open(strings.NewReader(source), nil, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Head(); err != nil {
			t.Fatal(err)
		}
		for _, want := range []int{1, 0} {
			e, err := c.Next()
			if err != nil || e.Damaged != want {
				t.Errorf("%s: %+v, %v; want %d damaged", name, e, err, want)
			}
		}
	}
}

// FuzzGuess asks for the encoding of any bytes.
func FuzzGuess(f *testing.F) {
	for _, s := range []string{"\x82\xb1\x82\xf1", "\xcf\xf0\xe8\xe2\xe5\xf2", "\xa4\xb3\xa4\xf3<p>\xff\xfe", "\x1b$B", "+AGE-", "~{", "\xef\xbb\xbf\xc4\xe3\xba\xc3"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, sample []byte) {
		if label := guessed(sample); label != "" && encodingName(label) != label {
			t.Errorf("%q is no name of an encoding", label)
		}
	})
}

func BenchmarkGuess(b *testing.B) {
	sample := []byte(strings.Repeat("\xcf\xf0\xe8\xe2\xe5\xf2 \xec\xe8\xf0 <p>text</p> ", 4000))
	for b.Loop() {
		guessed(sample)
	}
}
