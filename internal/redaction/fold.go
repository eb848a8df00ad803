package redaction

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// read folds a text. It fails on invalid UTF-8 and on nothing else.
func read(typed string) (*reading, error) {
	if low, ok := lowerASCII(typed); ok {
		r := readings.Get().(*reading)
		r.typed, r.fold, r.low, r.plain = typed, typed, low, true
		return r, nil
	}
	if !utf8.ValidString(typed) {
		return nil, errInvalid
	}
	r := readings.Get().(*reading)
	f := folder{fold: make([]byte, 0, len(typed)+8), low: make([]byte, 0, len(typed)+8), from: slices.Grow(r.from, len(typed)+8), to: slices.Grow(r.to, len(typed)+8)}
	for i := 0; i < len(typed); {
		if n := f.ascii(typed[i:], i); n > 0 {
			i += n
			continue
		}
		c, size := utf8.DecodeRuneInString(typed[i:])
		f.rune(c, i, i+size)
		i += size
	}
	r.typed, r.fold, r.low, r.from, r.to = typed, string(f.fold), string(f.low), f.from, f.to
	return r, nil
}

// lowerASCII writes a text in small letters, if it is one of ASCII alone, which
// folds to itself.
func lowerASCII(text string) (string, bool) {
	var low strings.Builder
	low.Grow(len(text))
	var piece [256]byte
	for len(text) > 0 {
		n := copy(piece[:], text)
		for i := 0; i < n; i += 8 { // what a longer piece has left behind the text does no harm
			eight := binary.LittleEndian.Uint64(piece[i:])
			if eight&(0x80*eachByte) != 0 {
				return "", false
			}
			binary.LittleEndian.PutUint64(piece[i:], lowerEight(eight))
		}
		low.Write(piece[:n])
		text = text[n:]
	}
	return low.String(), true
}

// lower writes characters of ASCII in small letters where they stand.
func lower(text []byte) {
	for ; len(text) >= 8; text = text[8:] {
		binary.LittleEndian.PutUint64(text, lowerEight(binary.LittleEndian.Uint64(text)))
	}
	for i, c := range text {
		if 'A' <= c && c <= 'Z' {
			text[i] = c + 'a' - 'A'
		}
	}
}

// eachByte times a number is eight bytes of it.
const eachByte = 0x0101010101010101

// lowerEight writes eight characters of ASCII in small letters: to those from A on
// and to those behind Z something is added that sets the bit which ASCII leaves, and
// those where one sum has it and the other has not are capitals.
func lowerEight(eight uint64) uint64 {
	fromA := eight + (0x80-'A')*eachByte
	behindZ := eight + (0x80-'Z'-1)*eachByte
	return eight | (fromA&^behindZ&(0x80*eachByte))>>2
}

// typedFrom is where what folded to byte at begins as typed.
func (r *reading) typedFrom(at int) int {
	if r.plain {
		return at
	}
	return int(r.from[at])
}

// typedTo is where what folded to byte at ends as typed.
func (r *reading) typedTo(at int) int {
	if r.plain {
		return at + 1
	}
	return int(r.to[at])
}

type folder struct {
	fold, low []byte
	from, to  []int32
}

// ascii folds the characters of ASCII that a text begins with, and answers how
// many there are.
func (f *folder) ascii(text string, at int) int {
	n := 0
	for n < len(text) && text[n] < utf8.RuneSelf {
		n++
	}
	first := len(f.fold)
	f.fold, f.low = append(f.fold, text[:n]...), append(f.low, text[:n]...)
	lower(f.low[first:])
	f.from, f.to = slices.Grow(f.from, n)[:first+n], slices.Grow(f.to, n)[:first+n]
	for i, from := 0, f.from[first:]; i < len(from); i++ {
		from[i] = int32(at + i)
	}
	for i, to := 0, f.to[first:]; i < len(to); i++ {
		to[i] = int32(at + i + 1)
	}
	return n
}

// rune folds one character that is not ASCII. What folds to nothing belongs to
// the character before it, so that a span takes a letter with its accent.
func (f *folder) rune(c rune, start, end int) {
	for _, folded := range foldRune(c) {
		l := unicode.ToLower(folded)
		if utf8.RuneLen(l) != utf8.RuneLen(folded) {
			folded = l
		}
		before := len(f.fold)
		f.fold = utf8.AppendRune(f.fold, folded)
		f.low = utf8.AppendRune(f.low, l)
		for range len(f.fold) - before {
			f.from = append(f.from, int32(start))
			f.to = append(f.to, int32(end))
		}
	}
	if last := len(f.to) - 1; last >= 0 && foldsToNothing(c) {
		f.to[last] = int32(end)
	}
}

// foldsToNothing holds for marks on the character before and for characters
// that nobody sees: zero-width spaces and joiners, soft hyphens, direction marks.
func foldsToNothing(c rune) bool {
	return unicode.In(c, unicode.Mn, unicode.Me, unicode.Cf)
}

// letters that Unicode does not decompose but that people write without.
var plainLetters = map[rune]string{
	'ø': "o", 'Ø': "O", 'ł': "l", 'Ł': "L", 'đ': "d", 'Đ': "D", 'ð': "d", 'Ð': "D", 'ß': "ss",
	'æ': "ae", 'Æ': "Ae", 'œ': "oe", 'Œ': "Oe", 'þ': "th", 'Þ': "Th", 'ı': "i", 'ħ': "h", 'Ħ': "H", 'ŧ': "t", 'ŋ': "n", 'Ŋ': "N",
}

func foldRune(c rune) string {
	switch c { // what people type most, decided at once
	case '‘', '’':
		return "'"
	case '“', '”':
		return `"`
	case '–', '—':
		return "-"
	}
	switch {
	case foldsToNothing(c):
		return ""
	case unicode.Is(unicode.Zs, c), c == '\u2028', c == '\u2029', c == '\u0085':
		return " "
	case unicode.Is(unicode.Pd, c), c == '\u2212':
		return "-"
	case strings.ContainsRune("‘’‚‛ʼʹ′`´", c):
		return "'"
	case strings.ContainsRune("“”„‟″", c):
		return `"`
	case unicode.Is(unicode.Nd, c):
		return string('0' + digitValue(c))
	}
	if plain, ok := plainLetters[c]; ok {
		return plain
	}
	if twin, ok := twins[c]; ok {
		return twin
	}
	var buf [8]byte
	n := utf8.EncodeRune(buf[:], c)
	d := norm.NFKD.Bytes(buf[:n])
	out := make([]rune, 0, 4)
	for _, r := range string(d) {
		if !foldsToNothing(r) {
			out = append(out, r)
		}
	}
	return string(out)
}

// digitValue relies on Unicode keeping the ten digits of a script side by side,
// in order, and every range of them a multiple of ten long.
func digitValue(c rune) rune {
	for _, r := range unicode.Nd.R16 {
		if rune(r.Lo) <= c && c <= rune(r.Hi) {
			return (c - rune(r.Lo)) % 10
		}
	}
	for _, r := range unicode.Nd.R32 {
		if rune(r.Lo) <= c && c <= rune(r.Hi) {
			return (c - rune(r.Lo)) % 10
		}
	}
	return 0
}

// twins are letters of other scripts that look like Latin ones, and Latin ones
// that stand for others.
var twins = twinsOf(
	"АВЕЅІЈКМНОРСТУХԌԚԜҮаеѕіјорсухԛԝһԁҫґӏкмтвн", "ABESIJKMHOPCTYXGQWYaesijopcyxqwhdcrlkmtBH",
	"ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεινορτυχκωϲϳ", "ABEZHIKMNOPTYXaeivoptuxkwcj",
	"ՕՏՍԼօսոցհզյ", "OSULounghqj",
	"ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz",
	"ɑɡɩɐǝɹʇʌɯʎɔ", "agiaertvmyc",
)

func twinsOf(pairs ...string) map[rune]string {
	out := map[rune]string{}
	for i := 0; i < len(pairs); i += 2 {
		latin := []rune(pairs[i+1])
		for n, c := range []rune(pairs[i]) {
			out[c] = string(latin[n])
		}
	}
	return out
}
