package world

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestJobsFinishByTime(t *testing.T) {
	const audio = `{"encoding": "Mpeg", "languageCode": "en-US", "contentUri": "https://media.example.com/a.mp3"}`
	for _, row := range []struct{ path, body, member string }{
		{"/ai/text/v1/async/punctuate", `{"texts": ["hello there", "how are you?"]}`, "texts"},
		{"/ai/text/v1/async/summarize", `{"summaryType": "Extractive", "utterances": [{"speakerId": "1", "text": "Hello", "start": 0, "end": 1}]}`, "summaries"},
		{"/ai/audio/v1/async/speech-to-text", audio, "transcript"},
		{"/ai/audio/v1/async/speaker-diarize", audio, "utterances"},
		{"/ai/insights/v1/async/analyze-interaction", audio, "conversationalInsights"},
	} {
		t.Run(row.path, func(t *testing.T) {
			s := newScene(t)
			made := s.call("POST "+row.path+"?webhook=https://app.example.com/hook", row.body)
			require.Equal(t, 202, made.status)
			at := "GET /ai/status/v1/jobs/" + text(made.ok(), "jobId")
			assert.NotContains(t, s.call(at).ok(), "status")
			s.at = s.at.Add(jobTakes)
			got := s.call(at).ok()
			assert.Equal(t, "Success", got["status"])
			assert.Contains(t, object(got, "response"), row.member)
			s.at = s.at.Add(jobKept - time.Second)
			assert.Equal(t, 404, s.call(at).status)
		})
	}
	s := newScene(t)
	made := s.call("POST /ai/text/v1/async/punctuate?webhook=https://app.example.com/hook", `{"texts": ["élan vital", "how are you?", ""]}`).ok()
	s.at = s.at.Add(jobTakes)
	got := s.call("GET /ai/status/v1/jobs/" + text(made, "jobId")).ok()
	assert.Equal(t, []any{"Élan vital.", "How are you?", ""}, object(got, "response")["texts"])
	assert.Equal(t, "CMN-102", s.call("GET /ai/status/v1/jobs/5").code())
	assert.Equal(t, "CMN-100", s.call("POST /ai/text/v1/async/punctuate", `{"texts": []}`).code(), "an address has to be said")
}
