package ai

import (
	"net/http"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const kindEnrollment = "enrollments"

// enrollments is the domain of voices that were recorded to recognize their speakers. The app chooses the id of a
// speaker. The operations are in the editions of 2023 and 2024.
func enrollments() world.Domain {
	return world.Domain{
		Kinds: map[string]string{"/ai/audio/v1/enrollments": kindEnrollment},
		Owned: []string{kindEnrollment},
		OnCreate: map[string]world.CreateHook{"caiEnrollmentsCreate": func(w *world.World, q *world.Request, t *world.Resource) *world.Problem {
			id := world.Text(q.Object(), "speakerId")
			if w.Get(kindEnrollment, id) != nil {
				return problemEnrolled.For("speakerId", id, id)
			}
			t.ID, t.Doc = id, enrolled(id)
			return nil
		}},
		Seed: func(w *world.World) {
			if !w.Config.Bare {
				w.Add(&world.Resource{Kind: kindEnrollment, ID: "speaker-1", Doc: enrolled("speaker-1")}, w.Config.Now)
			}
		},
	}
}

// problemEnrolled has the documented status; the code is the emulator's.
var problemEnrolled = world.DefineProblem(http.StatusConflict, "CAI-103", "Speaker [%s] is already enrolled")

// enrolled is an enrollment after one recording of half a minute, in seconds.
func enrolled(speaker string) world.Object {
	return world.Object{
		"speakerId": speaker, "enrollmentComplete": true, "enrollmentQuality": "High",
		"totalEnrollDuration": 30, "totalSpeechDuration": 30,
	}
}
