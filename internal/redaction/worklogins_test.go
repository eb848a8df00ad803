package redaction_test

import "testing"

func TestLogInsThatASystemShowsGo(t *testing.T) {
	inEveryCase(t,
		"PACS shows «xr_pm_bank14» opened the scan.",
		"audit says «drnagle_locum» gave no reason.",
		"password for «seclusion.tab1» is on a sticker.",
		"signed off as «tovahg.disp» while she was at lunch.",
		"It was re-activated by «svc-eprescribe\\hnoor» at ten.",
		"whoever is «cwrext\\hnoorani» booked it in.",
		"signed as given by «emekao5» at 0600.",
		"the task sat in «gpr.hollis»'s inbox.",
	)
}

func TestWhatStrokesJoinOtherwiseStays(t *testing.T) {
	marked(t,
		"The form audit_2b and the file scan_final.pdf were lost.",
		"bank_policy.pdf was attached.",
		"The log says follow-up was booked at www.nhs.uk.",
		"The screen was blood-stained e.g. by the drip.",
		"Signed off as fit.Discharged at ten.",
		"Signed off as fit-for-work.",
		"Nebuliser\\inhaler given, saved in S:\\Wards\\rota.",
		"Checked by lifepak15 and read by hemocue201.",
	)
}
