package world

import (
	"strings"
	"time"
	"unicode/utf8"
)

const (
	kindJob = "jobs"

	jobTakes = 2 * time.Second    // until its result is there
	jobKept  = 7 * 24 * time.Hour // until its result is gone
)

// jobs is the part of the world about what is worked out of texts and recordings. Results are read by the id of the job; the
// address in the query is not called. Nobody listens to recordings: what is said in them is always the same.
func jobs() domain {
	d := domain{
		kinds:   map[string]string{"/ai/status/v1/jobs": kindJob},
		created: map[string]func(*World, *Request, *thing) *Problem{},
		actions: map[string]action{"caiJobStatusGet": readJob},
		own:     []string{kindJob},
		start: func(w *World) {
			if !w.cfg.Bare {
				t := &thing{kind: kindJob, id: w.newUUID(), doc: Object{}}
				dressJob(t, punctuated(Object{"texts": []any{"hello how are you"}}), w.cfg.Now.Add(-time.Minute))
				w.add(t, w.cfg.Now.Add(-time.Minute))
			}
		},
	}
	for _, j := range []struct {
		path, operation string
		result          func(body Object) Object
	}{
		{"/ai/text/v1/async/punctuate", "caiPunctuate", punctuated},
		{"/ai/text/v1/async/summarize", "caiSummarize", summarized},
		{"/ai/audio/v1/async/speech-to-text", "caiSpeechToText", transcribed},
		{"/ai/audio/v1/async/speaker-diarize", "caiSpeakerDiarize", toldApart},
		{"/ai/insights/v1/async/analyze-interaction", "caiAnalyzeInteraction", analyzed},
	} {
		d.kinds[j.path] = kindJob
		d.created[j.operation] = func(w *World, q *Request, t *thing) *Problem {
			t.id, t.doc = w.newUUID(), Object{}
			dressJob(t, j.result(q.body()), q.At)
			return nil
		}
	}
	return d
}

// dressJob says when a job is done, and what is found out by then. The result is kept as it is written: of the five forms
// that the specification has, which nothing tells apart, the first would take any.
func dressJob(t *thing, result Object, at time.Time) {
	t.doc["jobId"], t.doc["creationTime"], t.doc["expirationTime"], t.doc["result"] = t.id, at, at.Add(jobKept), plain(result)
}

// readJob shows the result when there is one. Before, a job has no status: the specification knows only of success and failure.
func readJob(w *World, q *Request) (Reply, *Problem) {
	t := q.thing
	switch age := q.At.Sub(t.made); {
	case age >= jobKept:
		return Reply{}, unknown("jobId", t.id)
	case age >= jobTakes && t.doc["status"] == nil:
		w.update(t, Object{"status": "Success", "completionTime": t.made.Add(jobTakes), "response": t.doc["result"]}, q.At)
	}
	doc := picked(t.doc, "jobId", "creationTime", "completionTime", "expirationTime", "status", "response")
	return w.reply(q, doc, t.id), nil
}

// said is what is heard in every recording.
var said = []struct {
	speaker, text string
	start, end    float64
}{
	{"1", "Hello, how can I help you?", 0, 2.5}, {"2", "I would like to know when you are open.", 3, 6}, {"1", "From nine to six, Monday to Friday.", 6.5, 9},
}

// punctuated begins each text with a capital and ends it with a full stop.
func punctuated(body Object) Object {
	out := []string{}
	for _, s := range texts(body, "texts") {
		if s = strings.TrimSpace(s); s != "" {
			_, first := utf8.DecodeRuneInString(s)
			s = strings.ToUpper(s[:first]) + s[first:]
			if !strings.ContainsAny(s[len(s)-1:], ".!?") {
				s += "."
			}
		}
		out = append(out, s)
	}
	return Object{"texts": out}
}

// summarized takes the first utterance for the gist.
func summarized(body Object) Object {
	gist := Object{"value": "", "confidence": 0.9, "start": 0.0, "end": 0.0}
	if all := objects(body, "utterances"); len(all) > 0 {
		gist = Object{"value": all[0]["text"], "confidence": 0.9, "start": all[0]["start"], "end": all[0]["end"]}
	}
	names := []string{"Extractive", "AbstractiveShort", "AbstractiveLong"}
	switch kind := text(body, "summaryType"); kind {
	case "Extractive", "AbstractiveShort", "AbstractiveLong":
		names = []string{kind}
	case "AbstractiveAll":
		names = names[1:]
	}
	var out []Object
	for _, name := range names {
		out = append(out, Object{"name": name, "values": []Object{gist}})
	}
	return Object{"summaries": out}
}

func transcribed(Object) Object {
	var all []string
	var words []Object
	for _, s := range said {
		all = append(all, s.text)
		fields := strings.Fields(s.text)
		each := (s.end - s.start) / float64(len(fields))
		for i, word := range fields {
			words = append(words, Object{"speakerId": s.speaker, "word": word, "start": s.start + float64(i)*each, "end": s.start + float64(i+1)*each, "confidence": 0.9})
		}
	}
	return Object{"speakerCount": 2, "transcript": strings.Join(all, " "), "confidence": 0.9, "utterances": utterances(true), "words": words}
}

func toldApart(Object) Object { return Object{"speakerCount": 2, "utterances": utterances(false)} }

func utterances(withText bool) []Object {
	var out []Object
	for _, s := range said {
		o := Object{"speakerId": s.speaker, "start": s.start, "end": s.end, "confidence": 0.9}
		if withText {
			o["text"] = s.text
		}
		out = append(out, o)
	}
	return out
}

func analyzed(Object) Object {
	whole := Object{"start": 0.0, "end": 9.0, "confidence": 0.9}
	valued := func(value string) []Object {
		o := Object{"value": value}
		merge(o, whole)
		return []Object{o}
	}
	return Object{
		"utteranceInsights": utterances(true),
		"speakerInsights": Object{"speakerCount": 2, "insights": []Object{
			{"name": "TalkToListenRatio", "values": []Object{{"speakerId": "1", "value": "62:38"}, {"speakerId": "2", "value": "38:62"}}},
		}},
		"conversationalInsights": []Object{
			{"name": "KeyPhrases", "values": valued("opening hours")}, {"name": "ExtractiveSummary", "values": valued(said[2].text)},
		},
	}
}

func aiDomains() []domain { return []domain{jobs()} }
