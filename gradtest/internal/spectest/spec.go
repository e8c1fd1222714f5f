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
	"sync"
	"time"

	"github.com/dlclark/regexp2"
	"github.com/getkin/kin-openapi/openapi3"
)

// Spec has the specifications of several editions. It is safe for concurrent use.
type Spec struct {
	mu       sync.Mutex
	editions []edition // the newest first
}

// edition is one specification. Old ones are read when an operation is not in a newer one.
type edition struct {
	path       string
	operations map[string]*openapi3.Operation // nil: not read yet
}

// Load reads a specification in YAML or JSON. With several paths, the oldest edition first, an operation is that of the
// newest edition that has it.
func Load(paths ...string) (*Spec, error) {
	s := &Spec{}
	for _, path := range slices.Backward(paths) {
		s.editions = append(s.editions, edition{path: path})
	}
	if len(paths) > 0 {
		return s, s.editions[0].read()
	}
	return nil, errors.New("spectest: no specification: pass the path of one")
}

func (e *edition) read() error {
	src, err := os.ReadFile(e.path)
	if err != nil {
		return fmt.Errorf("spectest: read the specification: %w", err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(src)
	if err != nil {
		return fmt.Errorf("spectest: %s: %w", e.path, err)
	}
	e.operations = make(map[string]*openapi3.Operation)
	for _, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			e.operations[op.OperationID] = op
		}
	}
	if len(e.operations) == 0 {
		return fmt.Errorf("spectest: %s: no operations: use an OpenAPI 3 specification", e.path)
	}
	return nil
}

// operation finds an operation by the id of the catalogue, which has the year appended where another operation has the
// id in newer editions.
func (s *Spec) operation(id string) (*openapi3.Operation, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.editions {
		e := &s.editions[i]
		if e.operations == nil {
			if err := e.read(); err != nil {
				return nil, err
			}
		}
		for _, name := range []string{id, strings.TrimSuffix(id, "2021")} {
			if op := e.operations[name]; op != nil && (name == id || i == len(s.editions)-1) {
				return op, nil
			}
		}
	}
	return nil, fmt.Errorf("spectest: %s: no such operation", id)
}

// Answer returns what is wrong with an answer of an operation: a status or a content type that the specification does
// not list, an unexpected body, JSON that does not match the schema. Media types and ranges such as image/* are
// compared without parameters. Of content other than JSON only the type is checked.
func (s *Spec) Answer(operationID string, status int, contentType string, body []byte) error {
	fault := func(format string, args ...any) error {
		return fmt.Errorf("spectest: %s %d: "+format, append([]any{operationID, status}, args...)...)
	}
	op, err := s.operation(operationID)
	if err != nil {
		return err
	}
	answer := op.Responses.Status(status)
	if answer == nil && status/100 == 2 {
		answer = op.Responses.Default() // old editions state no status of a success
	}
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
	op, err := s.operation(operationID)
	if err != nil {
		return err
	}
	if op.RequestBody == nil || op.RequestBody.Value == nil {
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
