package redaction_test

import "testing"

func TestAgesOver89Go(t *testing.T) {
	marked(t,
		"aged «94» and frail, lives with a son aged 61",
		"in her «nineties» and lives alone; he is in his late «90s»",
		"a lady in her «90»'s found on floor",
		"«94yo» from care home, «94F» from home, «92M» from hospice",
		"«94» F fall, «92»/M admitted, «93y»/o female",
		"Resident, «94» yrs, choked",
		"a «ninety two» year old lady, «ninety» years old",
		"«ninety-four» years old, «ninety-six-year-old» man",
		"Age/sex: «95»/F. Age = «97»",
		"«93» yr old man, «93yrs», «93» years of age",
		"She is «99». My nan is «94»",
		"she's «97» bless her",
		"at «96» she still drives",
		"I am «91» and lost without them. I'm «92».",
		"her «100th» birthday party, his «95th» birthday, her «ninetieth» birthday",
		"a «nonagenarian» and a «centenarian»",
		"DOB «3/4/29» («96»)",
		"pt «doris hall» «91» on bathroom floor",
		"«Murdina Gillanders», CHI «0101701004», «92», had a nosebleed",
	)
}

func TestOtherNumbersOverEightyNineStay(t *testing.T) {
	marked(t,
		"GCS 15, HR 94, sats 94%, BP 91/60, pulse 92 regular",
		"Aged 89, lives alone. 89yo, 85F, 78 M in bed 3. In her eighties. His 80th birthday",
		"92 on room air, she was 91 on air, O2 sats in the 90s",
		"temp 36.9 HR 99 RR 18, it was 93 and dropped",
		"94 days waiting, 95 minutes, 92 patients in the corridor",
		"size 92F, ref 94F, bed 92, room 91",
		"Over 90s clinic. In the 1990s. Since the 90s. 90th centile",
		"Mrs «Penry», sats 92, was found",
		"eGFR is 91, BM was 9.4 then 92, score 92 and stable",
	)
}

func TestAgesGoInShortAndInOneWord(t *testing.T) {
	marked(t,
		"he rang. «94f» fall at home. her mum who is «95». «103years» old",
		"temp of 94f. who is 5. 80years",
	)
}
