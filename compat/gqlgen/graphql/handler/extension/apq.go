package extension

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// AutomaticPersistedQuery lets clients send the hash of a query the server has
// seen before in place of its text.
type AutomaticPersistedQuery struct {
	// Cache keeps texts by the hexadecimal SHA-256 of them.
	Cache graphql.Cache[string]
}

var _ graphql.OperationParameterMutator = AutomaticPersistedQuery{}

// ExtensionName names the extension.
func (AutomaticPersistedQuery) ExtensionName() string { return "AutomaticPersistedQuery" }

// Validate needs a cache.
func (a AutomaticPersistedQuery) Validate(graphql.ExecutableSchema) error {
	if a.Cache == nil {
		return errors.New("persisted queries need a cache")
	}
	return nil
}

// MutateOperationParameters finds the text of a hash, or keeps it.
func (a AutomaticPersistedQuery) MutateOperationParameters(ctx context.Context, request *graphql.RawParams) *gqlerror.Error {
	if request.Extensions["persistedQuery"] == nil {
		return nil
	}
	asked, _ := request.Extensions["persistedQuery"].(map[string]any)
	hash, ok := asked["sha256Hash"].(string)
	if !ok {
		return gqlerror.Errorf("the persistedQuery extension is malformed")
	}
	if fmt.Sprint(asked["version"]) != "1" {
		return gqlerror.Errorf("this version of persisted queries is not supported")
	}
	if request.Query != "" {
		digest := sha256.Sum256([]byte(request.Query))
		if hash != hex.EncodeToString(digest[:]) {
			return gqlerror.Errorf("the hash of the persisted query is not that of its text")
		}
		a.Cache.Add(ctx, hash, request.Query)
	} else if request.Query, ok = a.Cache.Get(ctx, hash); !ok {
		err := gqlerror.Errorf("PersistedQueryNotFound") // clients look for this word
		errcode.Set(err, "PERSISTED_QUERY_NOT_FOUND")
		return err
	}
	return nil
}
