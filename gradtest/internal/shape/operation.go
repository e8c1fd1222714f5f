package shape

import "strings"

// Operation has the shapes of an operation's parameters, requests and responses. It is shared and must not be changed.
type Operation struct {
	ID         string
	Parameters []Parameter
	Request    []Content // none: no body
	// RequestRequired reports whether a request must have a body.
	RequestRequired bool
	Responses       []Response // of success, sorted by status
}

// Content is a media type with the shape of its content. The shape of binary content is nil or a string.
type Content struct {
	Type  string
	Shape *Shape
}

// Response is a response with a success status. Without contents it has no body.
type Response struct {
	Status   int
	Contents []Content
}

// Parameter is a parameter of the path, the query or the header.
type Parameter struct {
	Name, In string
	Required bool
	Shape    *Shape
}

// Of returns the shapes of an operation by its operationId, or nil if the specification lacks it. The first call
// decodes them; later calls return the same value. It is safe for concurrent use.
func Of(operationID string) *Operation { return embedded.operation(operationID) }

// IsJSON reports whether a media type, without parameters, is JSON.
func IsJSON(mediaType string) bool {
	return mediaType == "application/json" || strings.HasSuffix(mediaType, "+json")
}
