package chat

import (
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const (
	kindCompany = "companies"
	kindExport  = "exports of chats"
)

// chatPeople is the domain of the users in chats, and of exports of their messages. That only two exports may
// be made at a time is not emulated: no source tells the refusal.
func chatPeople() world.Domain {
	return world.Domain{
		Kinds: map[string]string{Path + "/persons": world.KindExtension, Path + "/companies": kindCompany,
			Path + "/data-export": kindExport},
		OnCreate: map[string]world.CreateHook{"createDataExportTaskNew": createdExport},
		Lists:    map[string]world.Lister{"listDataExportTasksNew": listExports},
		Handlers: map[string]world.Handler{
			"readGlipPersonNew":     readPerson,
			"readDataExportTaskNew": readExport,
		},
		Content: map[string]world.ContentFunc{Path + "/data-export/{taskId}/datasets/{datasetId}": readDataset},
		Owned:   []string{kindCompany, kindExport},
		Seed: func(w *world.World) {
			w.Add(&world.Resource{Kind: kindCompany, ID: w.Config.AccountID, Doc: world.Object{
				"name": "Example", "domain": "example.com", "creationTime": w.Config.Now, "lastModifiedTime": w.Config.Now,
			}}, w.Config.Now)
		},
	}
}

// readPerson shows an extension as those see it who chat with it.
func readPerson(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	doc := world.Pick(world.Child(q.Resource.Doc, "contact"), "firstName", "lastName", "email")
	doc["id"], doc["companyId"] = q.Resource.ID, w.Config.AccountID
	doc["creationTime"], doc["lastModifiedTime"] = q.Resource.Created, q.Resource.Changed
	return w.Reply(q, doc, q.Resource.ID), nil
}

// createdExport begins an export, which is finished by time as reports of messages are.
func createdExport(w *world.World, q *world.Request, t *world.Resource) *world.Problem {
	for _, id := range world.Texts(t.Doc, "chatIds") {
		if c := w.Get(kindChat, id); c == nil {
			return world.NotFoundInBody("chatIds", id)
		}
	}
	creator := world.Object{"id": q.User}
	if e := w.Get(world.KindExtension, q.User); e != nil { // who asks may have removed their own extension
		world.Merge(creator, world.Pick(world.Child(e.Doc, "contact"), "firstName", "lastName"))
	}
	t.Doc["status"], t.Doc["creator"] = "Accepted", creator
	t.Doc["specific"] = world.Pick(t.Doc, "timeFrom", "timeTo", "contacts", "chatIds")
	return nil
}

// settleExport brings an export to where it is now.
func settleExport(w *world.World, t *world.Resource, q *world.Request) {
	if w.SettleTask(t, q.At) && t.Doc["datasets"] == nil {
		const one = "1"
		w.Update(t, world.Object{"lastModifiedTime": t.Created.Add(world.TaskFinishes), "datasets": []world.Object{{
			"id": one, "uri": Path + "/data-export/" + t.ID + "/datasets/" + one, "size": len(dataset(w).Content),
		}}}, q.At)
	}
}

// dataset has the posts of the account.
func dataset(w *world.World) world.File {
	posts := []world.Object{}
	for _, t := range w.All(kindPost) {
		posts = append(posts, t.Doc)
	}
	return world.Archive("posts", posts)
}

// readDataset is the archive, at the address that the export has.
func readDataset(w *world.World, q *world.Request) (world.File, *world.Problem) {
	t := w.Get(kindExport, q.Param("taskId"))
	if t == nil || !w.SettleTask(t, q.At) {
		return world.File{}, world.NotFound("taskId", q.Param("taskId"))
	}
	return dataset(w), nil
}

func readExport(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	settleExport(w, q.Resource, q)
	return w.ReplyResource(q, q.Resource), nil
}

func listExports(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	var out []*world.Resource
	for _, t := range w.List(kindExport) {
		if settleExport(w, t, q); t.Meets(q) {
			out = append(out, t)
		}
	}
	return out, nil
}
