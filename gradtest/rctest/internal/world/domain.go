package world

// Templates of the catalogue that many domains speak of, and the kind of the extensions.
const (
	AccountPath   = "/restapi/v1.0/account/{accountId}"
	ExtensionPath = AccountPath + "/extension/{extensionId}"

	KindExtension = "extensions"
)

// Handler performs an operation and returns its response. It runs under the world's lock. q.Resource is the resource
// that the path names; it exists.
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
	// ContentFunc returns what is at an address.
	ContentFunc = func(w *World, q *Request) (File, *Problem)
	// BeforeHook runs before the operation, outside the lock, and may refuse it.
	BeforeHook = func(w *World, q *Request) *Problem
)

// Domain is the behaviour of one part of the platform beyond what follows from the catalogue. Keys are operation ids
// unless a field says otherwise.
type Domain struct {
	// Kinds maps collection templates (without the id) to the kind of their resources. A template that is missing is a
	// kind of its own.
	Kinds map[string]string
	// Filters selects the resources of a kind that a collection template shows. Missing: all.
	Filters map[string]Filter
	// Params maps path parameters to the names that resources use: groupId of team messaging is chatId. Keys are
	// "template-prefix parameter".
	Params map[string]string
	// Handlers replace what follows from the role.
	Handlers map[string]Handler
	// OnCreate completes a new resource before it is added. The role does the rest.
	OnCreate map[string]CreateHook
	// OnUpdate may refuse or change an update before it is merged.
	OnUpdate map[string]UpdateHook
	// Lists selects and orders the members of a list; the role pages them. The default is every resource of the kind under
	// the path, oldest first, filtered by query parameters with the names of members.
	Lists map[string]Lister
	// Settings returns the initial value of a template without an id. A missing one is generated.
	Settings map[string]SettingFunc
	// Before runs outside the lock, for work that takes time.
	Before map[string]BeforeHook
	// Content serves addresses that the catalogue has no operation for, such as those of uploaded files. Keys are
	// templates.
	Content map[string]ContentFunc
	// NotFound refuses an id of a kind that does not exist, where the platform has a code of its own for that. Keys are
	// kinds.
	NotFound map[string]func(name, value string) *Problem
	// Owned lists the kinds without generated resources: only Seed and clients add to them.
	Owned []string
	// Seed adds the resources of a new world.
	Seed func(w *World)
}
