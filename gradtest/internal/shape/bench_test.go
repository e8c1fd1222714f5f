package shape

import (
	"encoding/json"
	"runtime"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var ids = func() []string {
	var out []string
	for o := range rcapi.All() {
		out = append(out, o.ID)
	}
	return out
}()

// BenchmarkOpen is the cost of the first use, for every program.
func BenchmarkOpen(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		d := &data{text: text}
		d.operation("none")
	}
}

// BenchmarkOfOne decodes one operation, including the first use.
func BenchmarkOfOne(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		d := &data{text: text}
		d.operation("readExtension")
	}
}

// BenchmarkOfAll decodes all operations, including the first use, and reports the memory in use afterwards.
func BenchmarkOfAll(b *testing.B) {
	b.ReportAllocs()
	var keep *data
	var before, after runtime.MemStats
	for b.Loop() {
		keep = &data{text: text}
		for _, id := range ids {
			keep.operation(id)
		}
	}
	keep = nil
	runtime.GC()
	runtime.ReadMemStats(&before)
	keep = &data{text: text}
	for _, id := range ids {
		keep.operation(id)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(keep)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1024, "heap-KB")
	b.ReportMetric(float64(len(text))/1024, "file-KB")
}

func BenchmarkOf(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Of("readExtension")
	}
}

func BenchmarkAppendExtension(b *testing.B) {
	s := Of("readExtension").Responses[0].Contents[0].Shape
	v := testMaker.Make(s, "123456789", true)
	buf := testMaker.Append(nil, s, v, "123456789")
	b.ReportAllocs()
	b.SetBytes(int64(len(buf)))
	for b.Loop() {
		buf = testMaker.Append(buf[:0], s, v, "123456789")
	}
}

// BenchmarkMarshalExtension is encoding/json with the same value, to compare with.
func BenchmarkMarshalExtension(b *testing.B) {
	v := testMaker.Make(Of("readExtension").Responses[0].Contents[0].Shape, "123456789", true)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := json.Marshal(v); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMakeExtension(b *testing.B) {
	s := Of("readExtension").Responses[0].Contents[0].Shape
	b.ReportAllocs()
	for b.Loop() {
		testMaker.Make(s, "123456789", true)
	}
}

func BenchmarkAppendMadeExtension(b *testing.B) {
	s := Of("readExtension").Responses[0].Contents[0].Shape
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = testMaker.AppendMade(buf[:0], s, "123456789", true)
	}
}

func BenchmarkCheckSMS(b *testing.B) {
	s := Of("createSMSMessage").Request[0].Shape
	m := testMaker
	m.Request = true
	v := m.Make(s, "1", true)
	b.ReportAllocs()
	for b.Loop() {
		if s.Check(v) != nil {
			b.Fatal("faults")
		}
	}
}
