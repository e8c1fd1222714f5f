package ai

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

func TestJobsFinishByTime(t *testing.T) {
	const audio = `{"encoding": "Mpeg", "languageCode": "en-US", "contentUri": "https://media.example.com/a.mp3"}`
	for _, row := range []struct{ path, body, member string }{
		{"/ai/text/v1/async/punctuate", `{"texts": ["hello there", "how are you?"]}`, "texts"},
		{"/ai/text/v1/async/summarize",
			`{"summaryType": "Extractive", "utterances": [{"speakerId": "1", "text": "Hello", "start": 0, "end": 1}]}`,
			"summaries"},
		{"/ai/audio/v1/async/speech-to-text", audio, "transcript"},
		{"/ai/audio/v1/async/speaker-diarize", audio, "utterances"},
		{"/ai/insights/v1/async/analyze-interaction", audio, "conversationalInsights"},
	} {
		t.Run(row.path, func(t *testing.T) {
			s := newScene(t)
			made := s.Call("POST "+row.path+"?webhook=https://app.example.com/hook", row.body)
			require.Equal(t, 202, made.Status)
			at := "GET /ai/status/v1/jobs/" + world.Text(made.OK(), "jobId")
			assert.NotContains(t, s.Call(at).OK(), "status")
			s.At = s.At.Add(jobTakes)
			got := s.Call(at).OK()
			assert.Equal(t, "Success", got["status"])
			assert.Contains(t, world.Child(got, "response"), row.member)
			s.At = s.At.Add(jobKept - time.Second)
			assert.Equal(t, 404, s.Call(at).Status)
		})
	}
	s := newScene(t)
	made := s.Call("POST /ai/text/v1/async/punctuate?webhook=https://app.example.com/hook",
		`{"texts": ["élan vital", "how are you?", ""]}`).OK()
	s.At = s.At.Add(jobTakes)
	got := s.Call("GET /ai/status/v1/jobs/" + world.Text(made, "jobId")).OK()
	assert.Equal(t, []any{"Élan vital.", "How are you?", ""}, world.Child(got, "response")["texts"])
	assert.Equal(t, "CAI-101", s.Call("GET /ai/status/v1/jobs/5").Code())
	assert.Equal(t, "CMN-100", s.Call("POST /ai/text/v1/async/punctuate", `{"texts": []}`).Code(),
		"an address has to be said")
}
