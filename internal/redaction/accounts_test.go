package redaction_test

import "testing"

func TestLogInsOfPartsGo(t *testing.T) {
	marked(t,
		"logd on as «tkhan.rec2», login used: «bank.rn17»",
		"«debs.s» logged at 0831, «kath.w» was still logged in",
		"session left open by «tom.b3», screen showed «j.whelan2» twice",
		"login still live as «h.sabri».",
		"«locum_tandem», and the password is on the wall",
		"someone called «djk_admin» could fix it",
		"«twoodhouse_mum» is a joint login",
		"«mwalsh.np» logged in at 0200",
		"Smartcard left in PC: «GHARKER-7».",
		"printed from «f-ormsby.wd6», file to «e.bascorn01»",
		"porter, badge «wdalgl02»",
	)
}

func TestLogInsMadeOfNamesGo(t *testing.T) {
	marked(t,
		"it was moved by «rpinto04» after, amended by «ahussain07»",
		"her staff number is her login, «44d-kos».",
		"That is «Jamie Cleasby». As him, «jcleasby1», somebody had it open",
	)
}

func TestLogInsOfWhoeverDidSomethingGo(t *testing.T) {
	marked(t,
		"Amended by «kbray», viewed by «o.whelan» and saved.",
		"Audit: «olab22» 14:02 open. Posted by «olabray92» last week.",
		"amended by pharmacist, entered by hand, viewed by ward12 staff, opened by covid19 team",
	)
}

func TestWordsThatAMissingSpaceJoinedAreNoLogIns(t *testing.T) {
	marked(t,
		"logged in.no record found; logged the call.pt fell; she logged off.then left",
		"login screen frozen.restarted; account closed.balance nil; password.reset needed; user error.see policy",
		"obs.bp ok, logged at 4; log.book missing",
		"theatre02 and bay03 checked, phase02; drug_chart field empty; COVID-19 logged, DAY-7",
	)
}
