package authz

import "sync"

// mostKept bounds what is made of one scope: there are few questions that many ask.
const mostKept = 32

// Kept are things made of nothing but a scope, such as the text of a statement. They
// last as long as the decision does.
type Kept struct {
	mu   sync.Mutex
	made map[any]any
}

// Get answers what was made under a key.
func (k *Kept) Get(key any) (made any, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	made, ok = k.made[key]
	return made, ok
}

// Put keeps what was made under a key. Where there is no room, all that was kept goes.
func (k *Kept) Put(key, made any) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.made) >= mostKept || k.made == nil {
		k.made = make(map[any]any, 1)
	}
	k.made[key] = made
}
