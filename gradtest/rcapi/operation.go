// Package rcapi is the catalogue of the RingCentral platform.
package rcapi

// Group is a usage-plan group: the unit in which the platform limits the rate of calls.
type Group string

const (
	Light        Group = "Light"
	Medium       Group = "Medium"
	Heavy        Group = "Heavy"
	Auth         Group = "Auth"
	NoThrottling Group = "NoThrottling"
)

// Scope is an app scope (application permission) in the spelling of the token response.
type Scope string

// Operation is one operation of the platform's public specification.
type Operation struct {
	ID            string // operationId of the specification
	Method        string
	Path          string   // template, such as /restapi/v1.0/account/{accountId}
	Group         Group    // usage-plan group
	Scope         Scope    // app scope it needs; empty: none
	Permission    string   // user permission it needs; empty: none
	Success       []int    // documented success statuses, ascending
	ContentTypes  []string // request content types; nil: no body
	PathParams    []string // names in the order of the path
	RequiredQuery []string
	Deprecated    bool
}

// OAuth reports whether the operation is an authorization request (token, revoke, authorize, …): never counted as volume.
func (o Operation) OAuth() bool { panic("stub") }

// In returns o in usage-plan group g. Needs returns o with app scope s. Both serve operations made by [Parse].
func (o Operation) In(g Group) Operation { o.Group = g; return o }

func (o Operation) Needs(s Scope) Operation { o.Scope = s; return o }

// Parse reads "METHOD /path/{param}" as an operation that the catalogue lacks.
func Parse(pattern string) (Operation, error) { panic("stub") }

// Match finds the operation of a concrete path.
func Match(method, path string) (Operation, bool) { panic("stub") }

// Lookup finds an operation by its operationId.
func Lookup(id string) (Operation, bool) { panic("stub") }

// Catalogue is the platform's operations plus an app's own declared ones.
type Catalogue struct{}

// NewCatalogue returns the platform's catalogue with extra operations; an extra one wins over a built-in of the same method and path.
func NewCatalogue(extra ...Operation) *Catalogue { panic("stub") }

func (c *Catalogue) Match(method, path string) (Operation, bool) { panic("stub") }
