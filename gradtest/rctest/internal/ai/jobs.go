package ai

import (
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const (
	kindJob = "jobs"

	jobTakes = 2 * time.Second    // until its result is there
	jobKept  = 7 * 24 * time.Hour // until its result is gone
)

// problemNoJob has one of the ten codes that the specification has for jobs. Which of them means this is in no source.
var problemNoJob = world.DefineProblem(http.StatusNotFound, "CAI-101", "Job [%s] is not found")

// jobs is the domain of what is worked out of texts and recordings. Results are read by the id of the job; the
// address in the query is not called. Recordings are not analysed: their transcript is always the same.
func jobs() world.Domain {
	d := world.Domain{
		Kinds:    map[string]string{"/ai/status/v1/jobs": kindJob},
		OnCreate: map[string]world.CreateHook{},
		Handlers: map[string]world.Handler{"caiJobStatusGet": readJob},
		NotFound: map[string]func(name, value string) *world.Problem{kindJob: func(name, value string) *world.Problem {
			return problemNoJob.For(name, value, value)
		}},
		Owned: []string{kindJob},
		Seed: func(w *world.World) {
			if !w.Config.Bare {
				t := &world.Resource{Kind: kindJob, ID: w.NewUUID(), Doc: world.Object{}}
				fillJob(t, punctuated(world.Object{"texts": []any{"hello how are you"}}), w.Config.Now.Add(-time.Minute))
				w.Add(t, w.Config.Now.Add(-time.Minute))
			}
		},
	}
	for _, j := range []struct {
		path, operation string
		result          func(body world.Object) world.Object
	}{
		{"/ai/text/v1/async/punctuate", "caiPunctuate", punctuated},
		{"/ai/text/v1/async/summarize", "caiSummarize", summarized},
		{"/ai/audio/v1/async/speech-to-text", "caiSpeechToText", transcribed},
		{"/ai/audio/v1/async/speaker-diarize", "caiSpeakerDiarize", diarized},
		{"/ai/insights/v1/async/analyze-interaction", "caiAnalyzeInteraction", analyzed},
	} {
		d.Kinds[j.path] = kindJob
		d.OnCreate[j.operation] = func(w *world.World, q *world.Request, t *world.Resource) *world.Problem {
			t.ID, t.Doc = w.NewUUID(), world.Object{}
			fillJob(t, j.result(q.Object()), q.At)
			return nil
		}
	}
	return d
}

// fillJob says when a job is done, and what is found out by then. The result is kept as it is written: of the five
// forms that the specification has, which nothing tells apart, the first would take any.
func fillJob(t *world.Resource, result world.Object, at time.Time) {
	t.Doc["jobId"], t.Doc["creationTime"], t.Doc["expirationTime"], t.Doc["result"] = t.ID, at, at.Add(jobKept),
		world.PlainJSON(result)
}

// readJob shows the result when there is one. Before, a job has no status: the specification knows only of success and
// failure.
func readJob(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	t := q.Resource
	switch age := q.At.Sub(t.Created); {
	case age >= jobKept:
		return world.Reply{}, problemNoJob.For("jobId", t.ID, t.ID)
	case age >= jobTakes && t.Doc["status"] == nil:
		w.Update(t, world.Object{"status": "Success", "completionTime": t.Created.Add(jobTakes), "response": t.Doc["result"]},
			q.At)
	}
	doc := world.Pick(t.Doc, "jobId", "creationTime", "completionTime", "expirationTime", "status", "response")
	return w.Reply(q, doc, t.ID), nil
}

// said is what is heard in every recording.
var said = []struct {
	speaker, text string
	start, end    float64
}{
	{"1", "Hello, how can I help you?", 0, 2.5}, {"2", "I would like to know when you are open.", 3, 6},
	{"1", "From nine to six, Monday to Friday.", 6.5, 9},
}

// punctuated begins each text with a capital and ends it with a full stop.
func punctuated(body world.Object) world.Object {
	out := []string{}
	for _, s := range world.Texts(body, "texts") {
		if s = strings.TrimSpace(s); s != "" {
			_, first := utf8.DecodeRuneInString(s)
			s = strings.ToUpper(s[:first]) + s[first:]
			if !strings.ContainsAny(s[len(s)-1:], ".!?") {
				s += "."
			}
		}
		out = append(out, s)
	}
	return world.Object{"texts": out}
}

// summarized takes the first utterance for the gist.
func summarized(body world.Object) world.Object {
	gist := world.Object{"value": "", "confidence": 0.9, "start": 0.0, "end": 0.0}
	if all := world.Children(body, "utterances"); len(all) > 0 {
		gist = world.Object{"value": all[0]["text"], "confidence": 0.9, "start": all[0]["start"], "end": all[0]["end"]}
	}
	names := []string{"Extractive", "AbstractiveShort", "AbstractiveLong"}
	switch kind := world.Text(body, "summaryType"); kind {
	case "Extractive", "AbstractiveShort", "AbstractiveLong":
		names = []string{kind}
	case "AbstractiveAll":
		names = names[1:]
	}
	var out []world.Object
	for _, name := range names {
		out = append(out, world.Object{"name": name, "values": []world.Object{gist}})
	}
	return world.Object{"summaries": out}
}

// transcribed names the speakers only if they were asked for, as the specification has it.
func transcribed(body world.Object) world.Object {
	speakers := body["enableSpeakerDiarization"] == true
	var all []string
	var words []world.Object
	for _, s := range said {
		all = append(all, s.text)
		fields := strings.Fields(s.text)
		each := (s.end - s.start) / float64(len(fields))
		for i, word := range fields {
			words = append(words, world.Object{"word": word, "start": s.start + float64(i)*each,
				"end": s.start + float64(i+1)*each, "confidence": 0.9})
			if speakers {
				words[len(words)-1]["speakerId"] = s.speaker
			}
		}
	}
	out := world.Object{"transcript": strings.Join(all, " "), "confidence": 0.9, "words": words}
	if speakers {
		out["speakerCount"], out["utterances"] = 2, utterances(true)
	}
	return out
}

func diarized(world.Object) world.Object {
	return world.Object{"speakerCount": 2, "utterances": utterances(false)}
}

func utterances(withText bool) []world.Object {
	var out []world.Object
	for _, s := range said {
		o := world.Object{"speakerId": s.speaker, "start": s.start, "end": s.end, "confidence": 0.9}
		if withText {
			o["text"] = s.text
		}
		out = append(out, o)
	}
	return out
}

func analyzed(world.Object) world.Object {
	whole := world.Object{"start": 0.0, "end": 9.0, "confidence": 0.9}
	valued := func(value string) []world.Object {
		o := world.Object{"value": value}
		world.Merge(o, whole)
		return []world.Object{o}
	}
	return world.Object{
		"utteranceInsights": utterances(true),
		"speakerInsights": world.Object{"speakerCount": 2, "insights": []world.Object{
			{"name": "TalkToListenRatio", "values": []world.Object{{"speakerId": "1", "value": "62:38"},
				{"speakerId": "2", "value": "38:62"}}},
		}},
		"conversationalInsights": []world.Object{
			{"name": "KeyPhrases", "values": valued("opening hours")},
			{"name": "ExtractiveSummary", "values": valued(said[2].text)},
		},
	}
}

func Domains() []world.Domain { return []world.Domain{jobs(), enrollments()} }
