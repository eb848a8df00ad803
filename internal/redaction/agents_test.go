package redaction_test

import "testing"

func TestWordsThatAreNamesGoBehindWhatOnlyPeopleDo(t *testing.T) {
	marked(t,
		"seen by «wood» until noon. Reviewed by «Field» yesterday.",
		"I informed «Rose» of the error.",
		"asked f2 «gene» to look. band 6 «clover» stayed.",
		"Transferred to ICU under «Brown».",
		"threw her tray at «gaynora».",
		"told by «June» that it had gone",
	)
	marked(t,
		"signed by hand, given by mouth, taken by car, seen by night team",
		"to be seen by June. expected by April. under review. under GA.",
		"band 6 nurse stayed. threw it at the wall.",
	)
}

func TestWordsThatAreNamesGoWithWhatPeopleHave(t *testing.T) {
	marked(t,
		"«Field»'s notes were lost. «Rose»'s wristband was missing.",
		"«Mark», his father, fainted. «Mark» 43F C diff.",
		"«White» disagreed with the plan.",
		"The ward's records. Theatre's list. Bell's palsy. Baker's cyst.",
	)
}

func TestNamesOnListsOfPatientsGo(t *testing.T) {
	marked(t,
		"ABSCOND. «RAY», «HILL», DOB «20/08/01». S3.",
		"Prison healthcare. «Brown, Lily», prison no «A4417DK»",
		"«Short, Poppy» - hospital number mixed up",
		"PT «GLENICE AMBLER» UNIT NUMBER «K 552 817» BAY 3",
		"«Okafor» «6713355» to HDU. Batch 6713355.",
		"Mr «Smith» «01021956» seen",
	)
}

func TestNamesGoWhereAFormOrALetterEndsWithThem(t *testing.T) {
	marked(t,
		"Reported by: «Persis Rees» by email. Completed by: None. Witness: No.",
		"Yours sincerely\n«Buck Begg», Director",
		"Signed «R Bush», PIN «09G2214E». First responder «K Fish» bleep «1234»",
		"Vitamin K deficiency. Hepatitis B vaccine. Group A strep.",
	)
}

func TestNicknamesInQuotationMarksGo(t *testing.T) {
	marked(t,
		"He and \"«Tink»\" worked on him. Listener \"«Rocky»\" sat with him.",
		"\"Never event\" declared. The \"Red\" bag. Labelled \"Urgent\".",
	)
}

func TestTheWordBehindATitleGoes(t *testing.T) {
	marked(t,
		"Mrs «Cook», Miss «Silver» and Dr «Cook» came.",
		"Dr on call. Mr and Mrs.",
		"home birth transfer «Will Lofthouse» 41 weeks. Will review.",
	)
}

func TestNamesOfTwoPeopleAndOfManyWordsGo(t *testing.T) {
	marked(t,
		"both «tamzyn» and «jorgie» deny giving it",
		"seen by «van der Wijngaarden» and «de la Cruz»",
		"Both arms and legs were cold. The van is by the ward.",
	)
}

func TestNamesThatFillAFormGo(t *testing.T) {
	marked(t,
		"Consultant: «White»\nWard: Elm",
		"«Joy», who is new, had not been shown how.",
		"male at desk gave his name as «terry blunt». she calls herself «grace». well done «rose»! «mark», who is new, came.",
		"«Rose», bed 6, fell. «Field» (bed 6) fell. She pushed «Field» over. Moved «Price» to a side room.",
		"Short Stay Unit. The Field team. Long Line Service. A Young Persons Unit. In Field they met.",
		"neither «rose» nor the doctor looked. had «grace» been there. mrs «rose banks» of bed 12",
		"patient «Mark Cook» fell. «Victor» lacks capacity.",
		"Nurse: Yes. Consultant: on call. Outcome, who knows.",
	)
}
