package taxonomy

import (
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

//go:embed v5/*.csv
var published embed.FS

// Registry holds every version of the taxonomy that records may have been made
// under.
type Registry struct {
	versions map[int]*Taxonomy
	latest   *Taxonomy
}

// Load reads the versions that are shipped with the service. Its error is a mistake in their
// files.
func Load() (*Registry, error) { return LoadFrom(published) }

// LoadFrom reads versions from files: a folder for each, v5, v6.
func LoadFrom(files fs.FS) (*Registry, error) {
	folders, err := fs.Glob(files, "v*")
	if err != nil {
		return nil, fmt.Errorf("reading the taxonomy: %w", err)
	}
	r := &Registry{versions: map[int]*Taxonomy{}}
	for _, folder := range folders {
		number, err := strconv.Atoi(folder[1:])
		if err != nil {
			return nil, fmt.Errorf("reading the taxonomy: folder %s has no version: %w", folder, err)
		}
		t, err := read(files, folder, number)
		if err != nil {
			return nil, fmt.Errorf("reading taxonomy %d: %w", number, err)
		}
		r.versions[number] = t
		if number > r.latest.Number() {
			r.latest = t
		}
	}
	if r.latest == nil {
		return nil, errors.New("reading the taxonomy: there is no version")
	}
	return r, nil
}

// Latest answers the newest version: what new records are made under.
func (r *Registry) Latest() *Taxonomy { return r.latest }

// Version answers the version with a number; nil, which knows nothing, for
// none.
func (r *Registry) Version(number int) *Taxonomy { return r.versions[number] }

// Versions lists the numbers of the versions, oldest first.
func (r *Registry) Versions() []int {
	numbers := make([]int, 0, len(r.versions))
	for number := range r.versions {
		numbers = append(numbers, number)
	}
	slices.Sort(numbers)
	return numbers
}

func read(files fs.FS, folder string, number int) (*Taxonomy, error) {
	t := &Taxonomy{number: number, bySystem: map[string]*CodeSystem{}, byPath: map[string]int{}, enums: map[string]enum{}, forms: map[string]*Form{}}
	steps := []struct {
		file, header string
		add          func(row []string) error
	}{
		{"systems.csv", "system,title,alone", t.addSystem},
		{"codes.csv", "system,code,label", t.addCode},
		{"sections.csv", "section,min,max,title", t.addSection},
		{"elements.csv", "path,min,max,type,system,source,fields,question", t.addElement},
		{"enums.csv", "system,enum,value,code", t.addEnumValue},
		{"questions.csv", "kinds,element,required,reporters,asked_when,hint", t.addQuestion},
	}
	for _, step := range steps {
		if err := eachRow(files, folder+"/"+step.file, step.header, step.add); err != nil {
			return nil, fmt.Errorf("%s: %w", step.file, err)
		}
	}
	return t, t.check()
}

func eachRow(files fs.FS, name, header string, add func(row []string) error) error {
	f, err := files.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return err
	}
	if len(rows) == 0 || strings.Join(rows[0], ",") != header {
		return fmt.Errorf("the header is not %s", header)
	}
	for i, row := range rows[1:] {
		if err := add(row); err != nil {
			return fmt.Errorf("row %d: %w", i+2, err)
		}
	}
	return nil
}

func (t *Taxonomy) addSystem(row []string) error {
	id, title := row[0], row[1]
	if id == "" || title == "" || t.bySystem[id] != nil {
		return errors.New("a code system without an id or title of its own")
	}
	s := &CodeSystem{ID: id, Title: title, Version: t.number, Alone: strings.Fields(row[2]), at: map[string]int{}}
	t.systems = append(t.systems, s)
	t.bySystem[id] = s
	return nil
}

func (t *Taxonomy) addCode(row []string) error {
	system, code, label := row[0], row[1], row[2]
	s := t.bySystem[system]
	if s == nil {
		return fmt.Errorf("no code system %s", system)
	}
	if _, taken := s.at[code]; taken || code == "" || label == "" {
		return fmt.Errorf("a code of %s without a name or label of its own", system)
	}
	s.at[code] = len(s.codes)
	s.codes = append(s.codes, Coding{System: system, Code: code, Label: label})
	return nil
}

func (t *Taxonomy) addSection(row []string) error {
	least, most, err := cardinality(row[1], row[2])
	if err != nil {
		return err
	}
	if t.hasSection(row[0]) || row[3] == "" {
		return errors.New("a section without a name or title of its own")
	}
	t.sections = append(t.sections, Section{Name: row[0], Title: row[3], Min: least, Max: most})
	return nil
}

func (t *Taxonomy) hasSection(name string) bool {
	return slices.ContainsFunc(t.sections, func(s Section) bool { return s.Name == name })
}

func (t *Taxonomy) addElement(row []string) error {
	least, most, err := cardinality(row[1], row[2])
	if err != nil {
		return err
	}
	e := Element{
		Path: row[0], Section: sectionOf(row[0]), Min: least, Max: most, Type: Type(row[3]),
		CodeSystem: row[4], Source: Source(row[5]), Fields: strings.Fields(row[6]), Question: row[7],
	}
	if err := t.checkElement(e); err != nil {
		return fmt.Errorf("%s: %w", e.Path, err)
	}
	t.byPath[e.Path] = len(t.elements)
	t.elements = append(t.elements, e)
	return nil
}

func (t *Taxonomy) checkElement(e Element) error {
	_, taken := t.byPath[e.Path]
	switch {
	case taken:
		return errors.New("the path is another's")
	case !t.hasSection(e.Section):
		return errors.New("no such section")
	case !slices.Contains([]Type{Code, Text, Date, Time, Boolean, Integer, Organisation}, e.Type):
		return errors.New("no such type")
	case !slices.Contains([]Source{Answer, Field, Service, Governance}, e.Source):
		return errors.New("no such source")
	case (e.Type == Code) != (t.bySystem[e.CodeSystem] != nil):
		return errors.New("codes, and only codes, come from a code system")
	case (e.Source == Field) != (len(e.Fields) > 0):
		return errors.New("it says that a field carries it, or names one, but not both")
	case (e.Source == Governance) != (e.Question == ""):
		return errors.New("governance is not asked, all else is")
	}
	return nil
}

func cardinality(least, most string) (int, int, error) {
	low, err := strconv.Atoi(least)
	if err != nil {
		return 0, 0, err
	}
	high, err := strconv.Atoi(most)
	if err != nil {
		return 0, 0, err
	}
	if low < 0 || high < 1 || high < low {
		return 0, 0, errors.New("no possible number of answers")
	}
	return low, high, nil
}

func (t *Taxonomy) addEnumValue(row []string) error {
	system, name, value, code := row[0], row[1], row[2], row[3]
	if _, ok := t.Label(system, code); !ok {
		return fmt.Errorf("%s has no such code", system)
	}
	e, ok := t.enums[system]
	if !ok {
		e = enum{name: name, codes: map[string]string{}, values: map[string]string{}}
		t.enums[system] = e
	}
	if e.codes[value] != "" || e.values[code] != "" || e.name != name {
		return fmt.Errorf("%s: a value and a code stand for one another, and for nothing else", name)
	}
	e.codes[value], e.values[code] = code, value
	s := t.bySystem[system]
	s.codes[s.at[code]].value = value
	return nil
}

// check sees that every code of an enum's system has a value, for what a local system sends must
// have a name in the graph; and that every kind of event is asked something.
func (t *Taxonomy) check() error {
	for _, kind := range Kinds() {
		if t.forms[kind] == nil {
			return fmt.Errorf("questions.csv asks nothing of %s", kind)
		}
	}
	for _, s := range t.systems {
		for _, code := range s.Alone {
			if _, ok := s.at[code]; !ok {
				return fmt.Errorf("%s has no code %s to stand alone", s.ID, code)
			}
		}
	}
	for system, e := range t.enums {
		if len(e.codes) != len(t.bySystem[system].codes) {
			return fmt.Errorf("%s does not name every code of %s", e.name, system)
		}
	}
	return nil
}
