package redaction_test

import (
	"testing"

	"lfpse/internal/redaction"
)

func TestPagesOfPeopleGo(t *testing.T) {
	marked(t,
		"posted on «facebook.com/jane.doe.92»",
		"see «https://photos.example/a/carole-joyanne-w9»",
		"form used «www.maternity-voices.example/feedback?id=44713»",
		"her blog «janesjourney.wordpress.com» has it",
		"«linkedin.com/in/jdoe», «t.me/jdoe» and «youtu.be/dQw4w9WgXcQ».",
		"photo at «http://bit.ly/3xYz12»",
		"his website «www.kiranpatel.co.uk»",
		"profile «kiranpatel.com/about»",
		"shared as «https://drive.google.com/file/d/1aBcD/view»",
		"told on «www.group.org.uk/stories/megan-price»",
		"record «patient-portal.example/record/44713»",
	)
}

func TestPagesThatAreSomebodysGo(t *testing.T) {
	marked(t,
		"all up on «www.delroyswalkingblog.example», with photos",
		"he has a webpage on her, «www.pqwatch.co.uk».",
		"my website is «www.northernbarging.co.uk»",
		"dad's fundraising blog («www.milesforhearts.com»)",
		"petition at «www.change.org/justiceforall»",
		"site called «gemmasgarden.co.uk»",
	)
	marked(t,
		"the trust website www.anytrust.com, our site www.supplier.com",
		"the page is www.lloydspharmacy.com, ordered from www.boots.com",
		"his own page at www.nhs.uk/conditions was printed",
	)
}

func TestPagesForEverybodyStay(t *testing.T) {
	marked(t,
		"visit www.nhs.uk/conditions/asthma for advice",
		"https://www.gov.uk/drug-safety-update and www.nice.org.uk/guidance/ng51",
		"toxbase.org consulted, bnf.nice.org.uk checked.",
		"see www.england.nhs.uk/patient-safety.",
		"www.rcog.org.uk/greentop read; www.bbc.co.uk/weather",
		"i.e.given, e.g.this, o/e.well",
		"seen at 10.30.plan made",
	)
}

// A page that is everybody's goes too where a name stands in its address that the record knows.
func TestPagesWithANameThatTheRecordKnowsGo(t *testing.T) {
	r := redaction.New()
	known := redaction.Context{Known: []redaction.Known{{Given: "Edith", Family: "Pemberton"}}}
	for text, want := range map[string]string{
		"Mrs a@Edith Pemberton.org, fell":          "Mrs [EMAIL] [ONLINE NAME], fell",
		"see pemberton.org for more":               "see [ONLINE NAME] for more",
		"see www.nhs.uk/stories/edith-p for more":  "see [ONLINE NAME] for more",
		"see edithpemberton.org for more":          "see [ONLINE NAME] for more",
		"see www.nhs.uk/conditions/asthma instead": "see www.nhs.uk/conditions/asthma instead",
	} {
		results := r.Redact([]redaction.Field{{Name: "description", Text: text}}, known)
		if got := results[0].Text; got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}
