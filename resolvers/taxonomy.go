package resolvers

import (
	"lfpse/graph/model"
	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/taxonomy"
)

// version answers a version of the taxonomy: the latest where none is named.
func (r *Resolver) version(number *int) (*taxonomy.Taxonomy, error) {
	if number == nil {
		return r.Taxonomy.Latest(), nil
	}
	version := r.Taxonomy.Version(*number)
	if version == nil {
		return nil, fault.New(fault.BadUserInput, "There is no such version of the taxonomy.")
	}
	return version, nil
}

// questionnaireOf makes the questionnaire of a kind of event from its form.
func questionnaireOf(version *taxonomy.Taxonomy, kind event.Kind) *model.Questionnaire {
	return &model.Questionnaire{
		Kind: kind, TaxonomyVersion: version.Number(), Sections: version.Form(string(kind)).Sections,
	}
}
