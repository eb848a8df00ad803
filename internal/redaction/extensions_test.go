package redaction_test

import "testing"

func TestExtensionsGoByWhatIsDoneWithThem(t *testing.T) {
	inEveryCase(t,
		"rang the lab on «6143» and both were rebled.",
		"phoned pharmacy on «31204» for advice.",
		"called the duty manager on «66632» twice.",
		"contacted the act administrator on «4418».",
		"nobody picked up «3127» because the sho was in theatre.",
		"he was not answering «1779».",
		"no reply from «3340», so security sent.",
		"tried «4413» twice, then «4414».",
		"dialled «7734» and got the wrong ward.",
		"phlebotomy lead can be found on «2286».",
		"matron is contactable on «4490».",
		"estates («4407») to fix the lights.",
		"the anaesthetist («1179») at wrong block.",
		"security on «5050» were told.",
		"any queries to «4120».",
		"I am on «4419» until 5.",
		"cons on bleep «12», no reply.",
		"rang «5599» twice, phoned «33871», line dead.",
		"my supervisor is on «221».",
		"matron informed on «7730», message left on «7788».",
		"rang pacing clinic «7352», contact site team «4402».",
		"put me through to «5116» paeds instead of «5191» stroke.",
		"lab phoned from «6721».",
		"med reg «1187» informed, line «55012» engaged.",
		"anaes «2187» and paeds «2190» both fast bleeped.",
		"asked site on «4902» each shift, estates told on «4471».",
		"call me «4471», registrar's number «2290».",
		"any issues call «2244».",
		"charge midwife informed on «1147», reg beeped on «6612».",
		"second nurse stayed. «0935» if needed.",
	)
	marked(t,
		"Spare set with site manager «Grant», «0066».",
		"06:03 2222 put out; 06:05 anaesthetist («1109») at wrong block",
	)
}

func TestWhatIsCountedMeasuredOrTimedIsNoExtension(t *testing.T) {
	inEveryCase(t,
		"called the family on 14 march at 1430.",
		"picked up 1500 ml bags from stores.",
		"no answer at 0430, tried again at 0445.",
		"tried 3 times, then 4 more.",
		"started on 4000 units daily, put on 1200 kcal diet.",
		"found on 2024 audit, on 0900 round.",
		"sho (0210) saw her, seen by registrar (1430).",
		"pump bleeps 15 minutes in.",
		"he was on 4500 for 2 days.",
		"based on 4312 patients, result on 1415 sample was wrong.",
		"rang 1435, called 1502, phoned 2015 to check.",
		"called 4471 crew back, rang 3 times.",
		"family informed on 1430 round.",
		"patient is on 125. she is on 221 mg. my ID is INT 4402.",
		"extension of 45 degrees, ext 30, flexion 110.",
		"call 4471 upgraded to cat 1. med reg 1430 informed.",
		"his wife dialled 999, then rang 111.",
	)
}
