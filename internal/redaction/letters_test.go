package redaction_test

import "testing"

func TestLettersInARowWithAColleaguesGo(t *testing.T) {
	marked(t,
		"Nurses «PM», «YA» and «JT» signed. Ring backs by «RB» and «CM».",
		"Provisional by «TP»/«OK», addendum next day",
		"three staff («AN», «J.J.» & «KT») with sore backs",
		"Labelled «NJ»/«PB», bagged «KS», labels «EJ»",
		"restraint: «JH» head, «PR» arms, «SK» legs",
		"seen by «L.R.», d.o.b. not given. Seen by «JT», BP stable, HR 90.",
	)
}

func TestLettersThatANameInTheRecordBeginsWithGo(t *testing.T) {
	marked(t,
		"Baby of «IB» (mother «Ikram Belhaj»)",
		"«Fung Yee Mak» fell. «FYM» said the floor was wet.",
		"«Clare Potter» had chest pain. CT clear, CRP 4.",
	)
}

func TestInitialsOfMoreThanALetterANameGo(t *testing.T) {
	marked(t,
		"Bled by FY1 «CO'B». Told by «P.McK» on nights. asked «RMcC» to come",
		"as normal by the co-ord, «H.M-B».",
		"C-section. X-ray. CT-A booked. MC&S sent.",
	)
}

func TestLettersBesideWhatOnlyAPersonHasOrDoesGo(t *testing.T) {
	marked(t,
		"«BT»'s mum was told. «MT»'s shift finished at 8.",
		"«MT» was on break. «BK» was with another patient.",
		"no second midwife as «kt» off sick. «wj» reviewed log. «nt» did the rca",
		"«TN» at break. Many thanks «HB»",
		"hope this helps. «rs»",
		"«RG» covering thought all was well. «MV» drafting a reply.",
		"Theatre co-ord «MA» ext. «44102»",
		"Anaes «WB»; ODP «LR»; SHO «M.A.» aware",
		"(«MT», band 5) knew",
		"Written by «KG», typed «mjb»",
		"«RM» refused meds. «LT»'s bed was wet. «RM» in charge. «LT», ward manager, aware.",
		"result phoned to «LT». twin of «RM». band 5 «RM» came.",
		"14:20 «JH»: seen, stable",
	)
	marked(t,
		"BP was low. IV running. BM rising. ED was full. AF was fast. OT assessed her.",
		"Both were told by RC Dr «Sebastian Whaley».",
		"nurse in ED. SHO in CT; radiographer CT; consultant ED.",
		"Hb 59 KG 70 CM 12. 70 KG, 12 CM.",
		"given by im route. Given by IM route. verified by GP",
	)
}
