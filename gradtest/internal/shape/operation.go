package shape

// Operation is what an operation takes and answers. It is shared and must not be changed.
type Operation struct {
	ID         string
	Parameters []Parameter
	Request    []Content // none: no body
	// RequestRequired says that a request without a body is wrong.
	RequestRequired bool
	Responses       []Response // of success, by ascending status
}

// Content is a media type and the shape of what has it; the shape of binary content is nil or a string.
type Content struct {
	Type  string
	Shape *Shape
}

// Response is one success. Without contents it has no body.
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

// Of returns the skeleton of an operation by its operationId, nil when the data has none. The first call decodes it;
// later ones, from any goroutine, get the same.
func Of(operationID string) *Operation { return embedded.operation(operationID) }
