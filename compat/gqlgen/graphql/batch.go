package graphql

// BatchErrors is what a batch resolver returns when it failed for some of its
// parents only. Errors has one entry per parent, in order; nil means that this
// parent's result is good.
type BatchErrors interface {
	error
	Errors() []error
}

// BatchErrorList is BatchErrors as a slice.
type BatchErrorList []error

func (BatchErrorList) Error() string { return "the batch failed for some of its parents" }

// Errors returns the entries, one per parent.
func (e BatchErrorList) Errors() []error { return e }

// Unwrap returns those entries that are errors.
func (e BatchErrorList) Unwrap() []error {
	var failed []error
	for _, err := range e {
		if err != nil {
			failed = append(failed, err)
		}
	}
	return failed
}
