package taxonomy

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// tiny is a sound version of few elements.
func tiny(version string) fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"systems.csv":   "system,title,alone\nscale,A scale,\n",
		"codes.csv":     "system,code,label\nscale,1,Low\nscale,2,High\n",
		"sections.csv":  "section,min,max,title\nCore,0,1,The core\nLeaf,0,9,A leaf\n",
		"elements.csv":  "path,min,max,type,system,source,fields,question\nCore.Level,0,1,CODE,scale,ANSWER,,How high?\nCore.Depth,0,1,TEXT,,ANSWER,,How deep?\nLeaf.Size,0,1,CODE,scale,ANSWER,,How large?\n",
		"enums.csv":     "system,enum,value,code\nscale,Scale,LOW,1\nscale,Scale,HIGH,2\n",
		"questions.csv": "kinds,element,required,reporters,asked_when,hint\nALL,Core.Level,,,,\n",
	} {
		files[version+"/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

func TestARecordKeepsTheLabelsOfItsVersion(t *testing.T) {
	files := tiny("v5")
	ten := tiny("v10")
	ten["v10/codes.csv"].Data = []byte("system,code,label\nscale,1,Little\nscale,2,Much\n")
	maps.Copy(files, ten)
	registry, err := LoadFrom(files)
	if err != nil {
		t.Fatal(err)
	}
	old, _ := registry.Version(5).Label("scale", "1")
	latest, _ := registry.Latest().Label("scale", "1")
	if !slices.Equal(registry.Versions(), []int{5, 10}) {
		t.Errorf("versions %v", registry.Versions())
	}
	if old != "Low" || latest != "Little" || registry.Latest().Number() != 10 {
		t.Errorf("version 5 says %q, the latest (%d) %q", old, registry.Latest().Number(), latest)
	}
}

func TestMistakesInAVersionAreRefused(t *testing.T) {
	const questions = "kinds,element,required,reporters,asked_when,hint\n"
	const elements = "path,min,max,type,system,source,fields,question\n"
	tests := []struct{ name, file, text, want string }{
		{"another header", "systems.csv", "id,title,alone\nscale,A scale,\n", "header"},
		{"a system twice", "systems.csv", "system,title,alone\nscale,A,\nscale,B,\n", "row 3"},
		{"a code to stand alone that is none", "systems.csv", "system,title,alone\nscale,A scale,3\n", "no code 3"},
		{"a code twice", "codes.csv", "system,code,label\nscale,1,Low\nscale,1,High\n", "row 3"},
		{"a code of no system", "codes.csv", "system,code,label\nscall,1,Low\n", "no code system scall"},
		{"a section twice", "sections.csv", "section,min,max,title\nCore,0,1,A\nCore,0,1,B\n", "row 3"},
		{"an element twice", "elements.csv", elements + strings.Repeat("Core.A,0,1,TEXT,,ANSWER,,What?\n", 2), "row 3"},
		{"an element of no section", "elements.csv", elements + "Rind.A,0,1,TEXT,,ANSWER,,What?\n", "no such section"},
		{"a type that is not one", "elements.csv", elements + "Core.A,0,1,SONG,,ANSWER,,What?\n", "no such type"},
		{"a source that is not one", "elements.csv", elements + "Core.A,0,1,TEXT,,RUMOUR,,What?\n", "no such source"},
		{"codes of no system", "elements.csv", elements + "Core.A,0,1,CODE,,ANSWER,,What?\n", "code system"},
		{"words of a system", "elements.csv", elements + "Core.A,0,1,TEXT,scale,ANSWER,,What?\n", "code system"},
		{"an answer that a field carries", "elements.csv", elements + "Core.A,0,1,TEXT,,ANSWER,description,What?\n", "field"},
		{"a field that is not named", "elements.csv", elements + "Core.A,0,1,TEXT,,FIELD,,What?\n", "field"},
		{"nothing asked", "elements.csv", elements + "Core.A,0,1,TEXT,,ANSWER,,\n", "asked"},
		{"more at least than at most", "elements.csv", elements + "Core.A,2,1,TEXT,,ANSWER,,What?\n", "number of answers"},
		{"a number that is none", "elements.csv", elements + "Core.A,few,1,TEXT,,ANSWER,,What?\n", "few"},
		{"a value of no code", "enums.csv", "system,enum,value,code\nscale,Scale,LOW,3\n", "no such code"},
		{"two values of one code", "enums.csv", "system,enum,value,code\nscale,Scale,LOW,1\nscale,Scale,LOWER,1\n", "stand for one another"},
		{"a code without a value", "enums.csv", "system,enum,value,code\nscale,Scale,LOW,1\n", "does not name every code"},
		{"a kind that is asked nothing", "questions.csv", questions + "RISK,Core.Level,,,,\n", "nothing of INCIDENT"},
		{"a kind that is none", "questions.csv", questions + "ALL,Core.Level,,,,\nHAZARD,Core.Level,,,,\n", "no such kind"},
		{"a question of no element", "questions.csv", questions + "ALL,Core.Width,,,,\n", "not asked of reporters"},
		{"a question twice", "questions.csv", questions + strings.Repeat("ALL,Core.Level,,,,\n", 2), "asked twice"},
		{"reporters that are none", "questions.csv", questions + "ALL,Core.Level,,everybody,,\n", "no such reporters"},
		{"half required", "questions.csv", questions + "ALL,Core.Level,sometimes,,,\n", "required"},
		{"a condition without codes", "questions.csv", questions + "ALL,Core.Level,,,Core.Level=,\n", "names codes"},
		{"an alternative without codes", "questions.csv", questions + "ALL,Core.Level,,,,\nALL,Core.Depth,,,Core.Level=1 | Core.Level=,\n", "names codes"},
		{"an answer to what is not asked before", "questions.csv", questions + "ALL,Core.Level,,,Core.Level,\n", "not asked before"},
		{"a condition on what is not asked before", "questions.csv", questions + "ALL,Core.Level,,,Core.Level=1,\n", "not asked before"},
		{"a section to be unanswered that is not asked before", "questions.csv", questions + "ALL,Core.Level,,,!Rind,\n", "not asked before"},
		{"a condition on a code that is none", "questions.csv", questions + "ALL,Core.Level,,,,\nALL,Core.Depth,,,Core.Level=3,\n", "never answered by 3"},
		{"always required and not always asked", "questions.csv", questions + "ALL,Core.Level,,,,\nALL,Core.Depth,always,,Core.Level=1,\n", "always asked"},
		{"a condition on one of several", "questions.csv", questions + "ALL,Leaf.Size,,,,\nALL,Core.Level,,,Leaf.Size=1,\n", "several answers"},
		{"a section in two places", "questions.csv", questions + "ALL,Core.Level,,,,\nALL,Leaf.Size,,,,\nALL,Core.Depth,,,,\n", "two places"},
	}
	if _, err := LoadFrom(tiny("v5")); err != nil {
		t.Fatal(err)
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := tiny("v5")
			files["v5/"+test.file].Data = []byte(test.text)
			_, err := LoadFrom(files)
			if err == nil {
				t.Fatal("accepted")
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %q, want it to say %q", err, test.want)
			}
		})
	}
}

func TestARegistryWithoutVersionsIsRefused(t *testing.T) {
	if _, err := LoadFrom(fstest.MapFS{}); err == nil {
		t.Error("accepted")
	}
	if _, err := LoadFrom(tiny("vast")); err == nil {
		t.Error("a folder that is no version was accepted")
	}
}
