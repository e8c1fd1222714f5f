package world

// Templates of the catalogue that many domains speak of, and the kind of the extensions.
const (
	AccountPath   = "/restapi/v1.0/account/{accountId}"
	ExtensionPath = AccountPath + "/extension/{extensionId}"

	KindExtension = "extensions"
)

// Handler does what an operation does and says what is answered. It runs under the world's lock; q.thing is what the path
// names, which exists.
type Handler func(w *World, q *Request) (Reply, *Problem)

// The other functions of a domain.
type (
	// CreateHook completes t, which has been made of the request, before it is added.
	CreateHook = func(w *World, q *Request, t *Resource) *Problem
	// UpdateHook may change or refuse the members that an update is about to merge into q.Resource.
	UpdateHook = func(w *World, q *Request, members Object) *Problem
	// Lister returns the resources of a list, all pages of it, in their order.
	Lister = func(w *World, q *Request) ([]*Resource, *Problem)
	// Filter reports whether a resource belongs to a collection.
	Filter = func(t *Resource) bool
	// SettingFunc returns the initial value of a setting.
	SettingFunc = func(w *World, q *Request) Object
	// BeforeHook runs before the operation, outside the lock, and may refuse it.
	BeforeHook = func(w *World, q *Request) *Problem
)

// Domain is what the world knows of one part of the platform beyond what follows from the catalogue. All keys of
// operations are operation ids.
type Domain struct {
	// Kinds says where things are found: collection templates (without the id) to the name of the kind. What is missing is
	// a kind of its own, named by its template.
	Kinds map[string]string
	// Filters says which things of a kind are found under a collection's template. What is missing there: all of them.
	Filters map[string]Filter
	// Params gives a path parameter the name by which things know it: groupId of team messaging is chatId. Keys are
	// "template-prefix parameter".
	Params map[string]string
	// Handlers stand in the place of what follows from the role.
	Handlers map[string]Handler
	// OnCreate completes what a create has made from the request, before it is added: the role does the rest.
	OnCreate map[string]CreateHook
	// OnUpdate sees an update before it is merged and may refuse or change it.
	OnUpdate map[string]UpdateHook
	// Lists picks and orders the members of a list; the role pages them. In the place of all things of the kind that
	// lie where the path says, oldest first, filtered by what the query says of members of the same name.
	Lists map[string]Lister
	// Settings are what is kept at a template without an id of its own until somebody changes it. What is missing there is
	// made up.
	Settings map[string]SettingFunc
	// Before runs outside the lock, for what takes time.
	Before map[string]BeforeHook
	// Owned are kinds that get no made-up things: what is in them was put there by start or by a client.
	Owned []string
	// Seed puts things there when the world begins.
	Seed func(w *World)
}
