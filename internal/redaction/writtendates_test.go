package redaction_test

import "testing"

func TestDatesOfBirthGoHoweverTheyAreWritten(t *testing.T) {
	inEveryCase(t,
		"dob «01mar1984» on the label.",
		"born «7sep61», in leeds.",
		"two labels: «30jan1949» and «21aug1951».",
		"seen with the form of «19-x-2001».",
		"dob «3.iv.62» and «14/vii/1950».",
		"dob: «1966-jul-04» not «04.jul.1966».",
		"dob «3-jun51», dob «01 mar1984», dob «mar-02-1984».",
		"dob «12th/03/1949», dob «3rd/6/51», dob «5.5.'61».",
		"date of birth «11 xi 1918».",
		"date of birth on his bus pass is «2-xi-33».",
		"dob same obviously «11/1/08».",
		"date of birth «4 10 66» vs «10 4 66».",
		"born «sun 4 jan 26».",
		"dob on form «3/9/47»; on sample «3/9/74».",
		"she was born in «nineteen forty seven».",
		"dob «third of september 47».",
		"told us «the 4th of the 10th, 1938» at the desk.",
		"dob is «the 2nd of the 3rd 51».",
		"the «fifth of the fourth 1955» was meant.",
	)
	marked(t,
		"dob «O1MAR1984», dob «l7jul1962»",
		"dob «11/l/08» on the band",
		"«Ida Frome» (b «1947») fell. Op 12/05/2014.",
		"«Carlton Prescod» (73, «1/i/53») fell.",
		"«Ransford Thorpe», «14/02/2022», croup.",
		"Reviewed by Dr «Ransford Thorpe», 14/02/2022, no change.",
	)
}

func TestDatesOfEventsStayHoweverTheyAreWritten(t *testing.T) {
	inEveryCase(t,
		"incident 01mar2026 reviewed 12apr2026.",
		"lot 30jan1949, expires 30jun1999.",
		"implant fitted 12aug1998.",
		"phase 2-ii-1990 trial, grade 2-ii-3, class 3-iv-50 mg.",
		"the 4th of the 10th, 2025 was when.",
		"1st of the 2nd 50 ml, 2nd of the 3rd doses.",
		"born at 10.30 12 hours after.",
	)
}
