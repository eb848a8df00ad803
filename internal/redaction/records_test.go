package redaction_test

import "testing"

func TestNumbersOfPatientsGoWhereTheyAreFiledAndCompared(t *testing.T) {
	inEveryCase(t,
		"filed under «K557120».",
		"technician compared it with «k557120».",
		"hosp no of the other pt «20-77419».",
		"hospital number of the other patient is «RT 55291».",
		"has «rx445120», needs it merged.",
		"ctg filed under «MAT/93/1225».",
		"maternity number «MAT 20661».",
		"results were on «N4471902» not «N4471920».",
		"scans under «rk7719203» and «rk7719230» merged.",
		"belongs to «X5512093».",
	)
	marked(t,
		"«gethin bevan» («kd0081946») slid out sideways.",
		"«Hamish Kinnaird» 66y «G771038» reviewed by outreach.",
		"«Chantelle Rich» («KD 402 991») and «Liam» knew nothing about it.",
		"on a chart for «3071688» («Adaeze»).",
		"«Ida Birtwistle» / «M0099128» / bed 4.",
		"sent under occ health number «OH/22983».",
		"booking is ext «5529»",
	)
}

func TestNumbersInPartsGoWhereTheyAreFiled(t *testing.T) {
	inEveryCase(t,
		"labelled «UNK 2026 118» on arrival.",
		"it was in the old volume, «CN 107 2265», on a trolley.",
		"notes filed as one: «KD 402 991».",
	)
	marked(t,
		"matched it to «Sandip», «H 220 461», so it is on her screen",
		"results for «Haworth» wrong. «Pickersgill»'s no. «EB-55903».",
		"«Sandip», HR 120 110, was moved; «Sandip», K 3 220 ml in",
		"the pump's no. EB-55903, the ward's number 55903",
		"in the old volume, page 107 to 226, on a trolley. the chart: BP 120 110 100",
	)
}

func TestNumbersOfThingsStayWhereTheyAreFiledAndCompared(t *testing.T) {
	inEveryCase(t,
		"pump (kd0081946) alarmed.",
		"compared it with batch k557120, infusion set under lot k557120.",
		"icd code k5712 used, form dh3000 under review.",
		"mattress rk55820 deflated, bed w402917 broken.",
		"filed under datix w220416.",
		"under section 136, under 5s clinic, under 18s.",
		"drug (b0088123) recalled by the mhra.",
		"labelled r1188203 on the pump.",
		"on a chart for 24 hours, for 1000 ml.",
	)
}
