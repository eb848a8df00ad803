package redaction_test

import "testing"

func TestLettersThatStandForAPersonGo(t *testing.T) {
	marked(t,
		"Discussed with on-call reg, plan agreed. «JH» 14:20",
		"Seen on round by «AB», no change.",
		"d/w «AB» re plan, to continue abx.",
		"D/W «PK» and «MJT», happy to step down.",
		"pt. «K.L.» moved to bay 3.",
		"Pt «RW» became aggressive towards pt «TD».",
		"another resident («DW») witnessed it",
		"Two nurse check «RS»/«TN» completed.",
		"dispensed «kj», checked «rw», handed out by counter staff",
		"«MC» to chase bloods.",
		"Plan: «SD» to ring family, «PW» to update care plan.",
		"Handed over to «NR» at 0730.",
		"Obs taken by «NK» HCA.",
		"informed manager («SW»)",
		"parent of «LB» (4 yrs) concerned",
		"obs 2 hourly - «js»",
		"incident between «AJ» and «KR» in lounge",
		"«AJ» threw a cup at «KR».",
		"Crew: «PH», «DM».",
		"Author: «LC»",
		"KW: «JH». RC: Dr «B».",
		"Patient was «MO», a needle-phobe.",
		"Copied to «RH».",
		"Reported by «L.R.H.», d.o.b. not given",
		"hope this helps. «jcw»",
	)
}

func TestALetterAfterATitleGoes(t *testing.T) {
	marked(t,
		"Mr «T.» was given the wrong dose",
		"Mrs «B» fell in the bathroom.",
		"Miss «H» in bed 4 asked for pain relief.",
		"dr «s», on call, declined to attend",
		"mr «p.» and mr «q.» swapped in error",
		"Dr R/V awaited.",
		"Dr on call informed.",
	)
}

func TestAbbreviationsStay(t *testing.T) {
	marked(t,
		"BP taken by HCA at 0400, ECG done, CXR clear.",
		"OT and PT to assess; SLT aware; MDT on Monday.",
		"s/b GP, d/w NOK re DNACPR.",
		"Given PR diclofenac. PV loss 200ml. CTG normal.",
		"IT informed. HR aware of sickness. QA check done.",
		"referred to MH team, seen by PLN",
		"Pt NWB on LL, RL intact.",
		"Referred to ENT via EP. BG 4.1, BG rechecked 6.2.",
		"VC patient, BC sent, FN screen, AC fossa.",
		"Booked by BSL interpreter, BSL needed.",
		"EBL 1.2L, MROP in theatre, FM sent.",
		"Given by IM route. Administered by PO route. Seen in AE by ST4.",
		"Told by IT helpdesk. Told by CCG.",
		"Patient on RA. Patient on O2. Patient in AF. Patient has DM. Patient is DNAR.",
		"Nurse in charge (NIC) informed. manager (band 7) informed. consultant (ENT) informed.",
		"Staff: RN x 2, HCA x 1, NA x1. Present: HCA, RN, SHO.",
		"LOS 4 days. LP done. Left TKR. R THR. G2P1, reduced FM.",
	)
}

func TestLettersThatAbbreviateSomethingElseGoWhereOnlyAPersonStands(t *testing.T) {
	marked(t,
		"Given by: «SM»  witness: «MC»",
		"Rx'd by «SM», drawn up by «MC» and «DM».",
		"Mr «SM» was moved. Miss «MC», 45, was moved.",
		"«MC», 45M, admitted with CAP",
		"«MC» (45F) fell in bay 2",
		"Sorry for the delay.\nMany thanks, «MC»",
		"«MC» apologised to family.",
		"crew «SM» «KR» on scene",
		"handover missed. «rk»/«fm» on shift",
		"«GM» alleges that «RT» pushed him.",
	)
}
