// Package spectest checks answers against the platform's OpenAPI specification, with a validator that is independent of
// package shape. Only tests import it.
package spectest

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"net/mail"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dlclark/regexp2"
	"github.com/getkin/kin-openapi/openapi3"
)

// Spec is a loaded specification. It is safe for concurrent use.
type Spec struct {
	operations map[string]*openapi3.Operation
}

// Load reads a specification in YAML or JSON.
func Load(path string) (*Spec, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("spectest: read the specification: %w", err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(src)
	if err != nil {
		return nil, fmt.Errorf("spectest: %s: %w", path, err)
	}
	s := &Spec{operations: make(map[string]*openapi3.Operation)}
	for _, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			s.operations[op.OperationID] = op
		}
	}
	if len(s.operations) == 0 {
		return nil, fmt.Errorf("spectest: %s: no operations: use an OpenAPI 3 specification", path)
	}
	return s, nil
}

// Answer returns what is wrong with an answer of an operation: a status or a content type that the specification does
// not list, an unexpected body, JSON that does not match the schema. Media types and ranges such as image/* are
// compared without parameters. Of content other than JSON only the type is checked.
func (s *Spec) Answer(operationID string, status int, contentType string, body []byte) error {
	fault := func(format string, args ...any) error {
		return fmt.Errorf("spectest: %s %d: "+format, append([]any{operationID, status}, args...)...)
	}
	op := s.operations[operationID]
	if op == nil {
		return fault("no such operation")
	}
	answer := op.Responses.Status(status)
	if answer == nil || answer.Value == nil {
		return fault("not a status of the operation, which has %v", statuses(op))
	}
	if len(answer.Value.Content) == 0 {
		if len(body) > 0 && status/100 == 2 {
			return fault("an unexpected body of %d bytes", len(body))
		}
		return nil
	}
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return fault("content type %q: %w", contentType, err)
	}
	content := lookup(answer.Value.Content, media)
	if content == nil {
		return fault("content type %s is not one of %v", media, types(answer.Value.Content))
	}
	if content.Schema == nil || !isJSON(media) {
		return nil
	}
	if err := check(content.Schema.Value, body, openapi3.VisitAsResponse()); err != nil {
		return fault("%w", err)
	}
	return nil
}

// Request returns what is wrong with the body of a request, in the same way.
func (s *Spec) Request(operationID, contentType string, body []byte) error {
	op := s.operations[operationID]
	if op == nil || op.RequestBody == nil || op.RequestBody.Value == nil {
		return fmt.Errorf("spectest: %s: takes no body", operationID)
	}
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return fmt.Errorf("spectest: %s: content type %q: %w", operationID, contentType, err)
	}
	content := lookup(op.RequestBody.Value.Content, media)
	if content == nil {
		return fmt.Errorf("spectest: %s: content type %s is not one of %v", operationID, media, types(op.RequestBody.Value.Content))
	}
	if content.Schema == nil || !isJSON(media) {
		return nil
	}
	if err := check(content.Schema.Value, body, openapi3.VisitAsRequest()); err != nil {
		return fmt.Errorf("spectest: %s: %w", operationID, err)
	}
	return nil
}

func check(schema *openapi3.Schema, body []byte, as openapi3.SchemaValidationOption) error {
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		return fmt.Errorf("the body is not JSON: %w", err)
	}
	err := schema.VisitJSON(v, as, openapi3.MultiErrors(), openapi3.EnableFormatValidation(), openapi3.DisableSchemaErrorDetails(),
		openapi3.SetSchemaRegexCompiler(expression), openapi3.WithStringFormatValidators(formats))
	return named(err)
}

// named adds the place in the body to each error.
func named(err error) error {
	var many openapi3.MultiError
	if errors.As(err, &many) {
		var out []error
		for _, e := range many {
			out = append(out, named(e))
		}
		return errors.Join(out...)
	}
	var one *openapi3.SchemaError
	if errors.As(err, &one) {
		return fmt.Errorf("%s: %w", "/"+strings.Join(one.JSONPointer(), "/"), err)
	}
	return err
}

// expression compiles the patterns of JSON Schema, which support look-ahead, unlike Go's.
func expression(pattern string) (openapi3.RegexMatcher, error) {
	re, err := regexp2.Compile(pattern, regexp2.ECMAScript)
	return matcher{re}, err
}

type matcher struct{ re *regexp2.Regexp }

func (m matcher) MatchString(s string) bool {
	ok, err := m.re.MatchString(s)
	return err == nil && ok
}

// formats are the formats that are checked.
var formats = map[string]openapi3.StringFormatValidator{
	"date-time": timeFormat(time.RFC3339Nano),
	"date":      timeFormat(time.DateOnly),
	"email": openapi3.NewCallbackValidator(func(v string) error {
		_, err := mail.ParseAddress(v)
		return err
	}),
	"ipv4": openapi3.NewCallbackValidator(func(v string) error {
		if ip := net.ParseIP(v); ip.To4() == nil {
			return fmt.Errorf("%q is not an IPv4 address", v)
		}
		return nil
	}),
	"uuid": openapi3.NewRegexpFormatValidator(openapi3.FormatOfStringForUUIDOfRFC4122),
}

func timeFormat(layout string) openapi3.StringFormatValidator {
	return openapi3.NewCallbackValidator(func(v string) error {
		_, err := time.Parse(layout, v)
		return err
	})
}

func lookup(content openapi3.Content, media string) *openapi3.MediaType {
	major, _, _ := strings.Cut(media, "/")
	for _, name := range []string{media, major + "/*", "*/*"} {
		if m := content[name]; m != nil {
			return m
		}
	}
	return nil
}

func isJSON(media string) bool {
	return media == "application/json" || strings.HasSuffix(media, "+json")
}

func types(content openapi3.Content) []string {
	var out []string
	for name := range content {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func statuses(op *openapi3.Operation) []string {
	var out []string
	for status := range op.Responses.Map() {
		if n, err := strconv.Atoi(status); err == nil && http.StatusText(n) != "" {
			out = append(out, status)
		}
	}
	slices.Sort(out)
	return out
}
