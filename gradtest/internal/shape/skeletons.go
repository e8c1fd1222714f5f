package shape

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape/skeleton"
)

//go:embed skeletons.gen.txt
var text string

var embedded = &data{text: text}

// data is a file of skeletons that are decoded on demand.
type data struct {
	text  string
	index sync.Once
	mu    sync.Mutex // held while an operation is decoded

	rows   []string // encoded schemas; number 1 has index 0
	shapes []*Shape // decoded schemas by the same index; nil: not decoded yet
	ops    map[string]*slot
}

type slot struct {
	body    string
	decoded atomic.Pointer[Operation]
}

func (d *data) operation(id string) *Operation {
	d.index.Do(d.open)
	s := d.ops[id]
	if s == nil {
		return nil
	}
	if op := s.decoded.Load(); op != nil {
		return op
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	op := s.decoded.Load()
	if op == nil {
		op = d.decode(id, s.body)
		s.decoded.Store(op)
	}
	return op
}

// open splits the file into lines.
func (d *data) open() {
	d.ops = make(map[string]*slot, 1024)
	d.rows = make([]string, 0, 4096)
	for name, body := range skeleton.Lines(d.text) {
		if name[0] >= '0' && name[0] <= '9' {
			d.rows = append(d.rows, body)
		} else {
			d.ops[name] = &slot{body: body}
		}
	}
	d.shapes = make([]*Shape, len(d.rows))
}

func (d *data) decode(id, body string) *Operation {
	var row skeleton.Operation
	must(json.Unmarshal([]byte(body), &row))
	op := &Operation{ID: id}
	for _, p := range row.Params {
		in, name, _ := strings.Cut(p.Name, " ")
		op.Parameters = append(op.Parameters, Parameter{Name: name, In: in, Required: p.Required, Shape: d.shape(p.Shape)})
	}
	for _, c := range row.Request {
		op.Request = append(op.Request, Content{Type: c.Name, Shape: d.shape(c.Shape)})
		op.RequestRequired = c.Required
	}
	for _, a := range row.Answers {
		number, media, ok := strings.Cut(a.Name, " ")
		status, err := strconv.Atoi(number)
		must(err)
		if n := len(op.Responses); n == 0 || op.Responses[n-1].Status != status {
			op.Responses = append(op.Responses, Response{Status: status})
		}
		if last := &op.Responses[len(op.Responses)-1]; ok {
			last.Contents = append(last.Contents, Content{Type: media, Shape: d.shape(a.Shape)})
		}
	}
	op.open()
	return op
}

// shape decodes a schema and the schemas that it refers to. It stores the schema first, because it may contain itself.
func (d *data) shape(number int) *Shape {
	if number == 0 {
		return nil
	}
	if s := d.shapes[number-1]; s != nil {
		return s
	}
	var r skeleton.Row
	must(json.Unmarshal([]byte(d.rows[number-1]), &r))
	s := &Shape{
		Type: r.Type, Format: r.Format, Enum: r.Enum, Pattern: r.Pattern, Default: r.Default, Nullable: r.Nullable,
		Min: r.Min, Max: r.Max, MinLength: r.MinLength, MaxLength: r.MaxLength,
		MinItems: r.MinItems, MaxItems: r.MaxItems, Unique: r.Unique, MinMembers: r.MinMembers, Closed: r.Closed,
		Exclusive: r.OneOf != nil, Discriminator: r.Discriminator,
	}
	d.shapes[number-1] = s
	if s.Pattern != "" {
		s.pattern = regexp.MustCompile(s.Pattern)
	}
	s.Items, s.Others = d.shape(r.Items), d.shape(r.Others)
	if len(r.Members) > 0 {
		s.Members = make([]Member, len(r.Members))
	}
	for i, m := range r.Members {
		s.Members[i] = Member{
			Name: m.Name, Shape: d.shape(m.Shape), Required: m.Required, ReadOnly: m.ReadOnly, WriteOnly: m.WriteOnly,
			failure: namesFailure(m.Name),
		}
	}
	for _, n := range r.Alternatives() {
		s.Alternatives = append(s.Alternatives, d.shape(n))
	}
	return s
}

// must panics on data that the generator did not write.
func must(err error) {
	if err != nil {
		panic(fmt.Sprintf("shape: skeletons.gen.txt: %v: run go generate in gradtest/rcapi", err))
	}
}
