// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

package resolvers

import (
	"context"

	"lfpse/graph/generated"
	"lfpse/graph/model"
	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/inbox"
	"lfpse/internal/page"
)

// MarkNotificationsRead is the resolver for the markNotificationsRead field.
func (r *mutationResolver) MarkNotificationsRead(ctx context.Context, input model.MarkNotificationsReadInput) (*model.ViewerPayload, error) {
	problems, err := r.Inbox.MarkRead(ctx, authz.FromContext(ctx), input.Ids)
	if err != nil || len(problems) > 0 {
		return viewerPayload(nil, problems, err)
	}
	return viewerPayload(requestOf(ctx).Caller, nil, nil)
}

// Subject is the resolver for the subject field.
func (r *notificationResolver) Subject(ctx context.Context, objs []*inbox.Notification) ([]model.Node, error) {
	return r.named(ctx, each(objs, func(n *inbox.Notification) string { return n.About }))
}

// Notifications is the resolver for the notifications field.
func (r *viewerResolver) Notifications(ctx context.Context, obj *account.Caller, unreadOnly *bool, first *int, after *string, last *int, before *string) (*inbox.Connection, error) {
	args := page.Args{First: first, After: after, Last: last, Before: before}
	return r.Inbox.List(ctx, obj.Principal, unreadOnly != nil && *unreadOnly, args)
}

// Notification gives the resolvers of Notification.
func (r *Resolver) Notification() generated.NotificationResolver { return &notificationResolver{r} }

type notificationResolver struct{ *Resolver }
