package redaction_test

import (
	"strings"
	"testing"
)

// inEveryCase checks texts as they are written, in capitals and in small letters.
func inEveryCase(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		marked(t, text, strings.ToUpper(text), strings.ToLower(text))
	}
}

func TestLettersGoByWhereTheyStandInAnyCase(t *testing.T) {
	inEveryCase(t,
		"neighbour («GW») let the crew in.",
		"two staff («LW» and «J.P.») were off sick afterwards.",
		"anaes «CT»; odp «LR»; runner «HB».",
		"seen by «BW» and «DH», plan made.",
		"porter «LS» interviewed.",
		"vascular reg «DK» on call, no answer.",
		"«AF» denies this.",
		"she says «BS» told the family.",
		"fell at 0300. «KR» too busy to answer the bell.",
		"«KM» manager of the agency was rung.",
		"baby of «IB», day 5.",
		"please ring «HW» if it drops again.",
		"initials on the label: «GK».",
		"initials look like «DW».",
		"«YK» written on the tube.",
		"«NW» on label for first check.",
		"bled by «Kemi» then «GT» then «Danladi».",
		"checklist («Bridget», «HN») filed.",
		"lead: «Rosalind Ackerley» («RA»), ext «2994».",
		"dispensed «PK», act check «EW», released «VB».",
		"classed as normal by the co-ord, «H.M-B».",
		"noted by «SO».",
		"label «NJ»/«PB», pick «HW», clinical «NJ», bag «PB».",
		"released «OB», prepared «T.W.», labels «EJ».",
		"staff nurse «BL» double checked with «NT».",
		"«BL» and «NW» turned the patient.",
		"sent «JW» home early.",
		"«KB» was on her break.",
		"altercation between «DH» and «MF» in the lounge.",
		"completed by: «BS».",
		"«LG», ward manager, informed.",
		"«LW» took over at eight.",
		"14:05 «NB» cannulated.",
		"told «RH» at 1400.",
		"details to follow. «HG» thank you.",
		"ring me if you need to. «HD» thank you.",
	)
}

func TestAbbreviationsStayInAnyCase(t *testing.T) {
	inEveryCase(t,
		"reg rv awaited, nurse dx unclear.",
		"label on, bag up, check bp, final ok.",
		"care involved iv fluids, staff involved had left.",
		"the bp had gone for review, ed ward manager told.",
		"bc and bg sent, ecg and cxr reviewed.",
		"between ed and itu, between od and bd.",
		"bp had gone up, crp came back.",
		"checked: bp, hr. reviewed: ecg.",
		"ng, bedside spirometry, done.",
		"consultant op list ran over.",
		"nurse bm checked: 4.1.",
		"hca bp taken, hr 88, rr 18.",
		"told to be woken at six.",
		"signed on the paper chart.",
		"5 patients to be told.",
		"ward round and ct head done.",
		"af on ecg, ac on board.",
		"prn written on the chart, bd on the label.",
		"patient (dm, ht, af) was admitted.",
		"nurse (rn) and doctor (gp) aware.",
		"seen by ot and pt, dc plan made.",
		"ring ed if it drops, ask pals for a leaflet.",
		"given po and iv, then im then sc.",
		"ct said to be normal.",
		"pa view and ap view reported.",
		"midwife ve findings, ctg normal, fh 140.",
		"serial lw-00829, unit tf 88013.",
		"and he says it was so.",
		"heart rate (hr) and rr up.",
		"mh team asked us to wait.",
		"anaes ga given.",
		"sho tx plan, sho hx taken.",
	)
}

func TestLettersGoInTextsWithoutStops(t *testing.T) {
	marked(t,
		"call bell not working in bay 2 «DT» stayed with the patient",
		"no harm came «LW» ward manager informed and «KB» double checked with «NT»",
		"staff involved «JW» and «KV» no harm",
		"wrong bag in bay 2 «BL» and «NW» checked the dose",
	)
}
