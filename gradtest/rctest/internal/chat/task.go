package chat

import (
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const kindTask = "tasks of chats"

// tasks is the domain of the tasks of a chat's members.
func tasks() world.Domain {
	return world.Domain{
		Kinds:    map[string]string{Path + "/chats/{chatId}/tasks": kindTask, Path + "/tasks": kindTask},
		OnCreate: map[string]world.CreateHook{"createTaskNew": createdTask},
		Lists:    map[string]world.Lister{"listChatTasksNew": listTasks},
		Handlers: map[string]world.Handler{
			"listChatTasksNew": ofMember(world.HandleList),
			"createTaskNew":    ofWriter(createTask),
			"readTaskNew":      ofMember(world.HandleRead),
			"patchTaskNew":     ofWriter(updateTask),
			"deleteTaskNew":    ofWriter(world.HandleRemove),
			"completeTaskNew":  ofWriter(completeTask),
		},
		Owned: []string{kindTask},
	}
}

// createTask makes a task and posts it.
func createTask(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	r, p := world.HandleCreate(w, q)
	if p == nil {
		all := w.All(kindTask)
		addPost(w, q.Param("chatId"), q.User, world.Object{"type": "TextMessage",
			"attachments": []world.Object{attachment(all[len(all)-1], "Task")}}, q.At)
	}
	return r, p
}

func createdTask(w *world.World, q *world.Request, t *world.Resource) *world.Problem {
	assigned, p := assignees(w, q)
	if p != nil {
		return p
	}
	t.Doc["assignees"] = assigned
	t.Doc["type"], t.Doc["status"], t.Doc["creator"] = "Task", "Pending", world.Object{"id": q.User}
	t.Doc["chatIds"] = []string{q.Param("chatId")}
	world.SetDefault(t.Doc, "completenessCondition", "Simple")
	world.SetDefault(t.Doc, "color", "Black")
	return nil
}

// assignees are those who have to do a task. Who had done it before still has.
func assignees(w *world.World, q *world.Request) ([]world.Object, *world.Problem) {
	done := make(map[string]any)
	if q.Resource != nil {
		for _, a := range world.Children(q.Resource.Doc, "assignees") {
			done[world.Text(a, "id")] = a["status"]
		}
	}
	out := []world.Object{}
	for _, a := range world.Children(q.Object(), "assignees") {
		id, _ := world.Scalar(a["id"])
		if w.Get(world.KindExtension, id) == nil {
			return nil, world.NotFoundInBody("assignees.id", id)
		}
		status := done[id]
		if status == nil {
			status = "Pending"
		}
		out = append(out, world.Object{"id": id, "status": status})
	}
	return out, nil
}

// updateTask answers with a list of the one task, as the specification has it.
func updateTask(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	members := world.Pick(q.Object(), "subject", "completenessCondition", "startDate", "dueDate", "color", "section",
		"description", "recurrence", "attachments")
	if q.Object()["assignees"] != nil {
		assigned, p := assignees(w, q)
		if p != nil {
			return world.Reply{}, p
		}
		members["assignees"] = assigned
	}
	members["lastModifiedTime"] = q.At
	w.Update(q.Resource, members, q.At)
	return w.Reply(q, world.Object{"records": []world.Object{q.Resource.Doc}}, q.Path), nil
}

// completeTask does a task, or opens it again: by all at once, by those who are named, or to a part. What makes it done
// is its condition: anybody, everybody, or a hundred per cent.
func completeTask(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	t, body := q.Resource, q.Object()
	status, share := "Completed", 100
	if world.Text(body, "status") == "Incomplete" {
		status, share = "Pending", 0
	}
	named := world.Children(body, "assignees")
	condition := world.Text(t.Doc, "completenessCondition")
	all := true
	assigned := []world.Object{}
	for _, a := range world.Children(t.Doc, "assignees") {
		own := a["status"]
		if len(named) == 0 && condition != "AllAssignees" || slices.ContainsFunc(named,
			func(n world.Object) bool { return n["id"] == a["id"] }) ||
			len(named) == 0 && world.Text(a, "id") == q.User {
			own = status
		}
		all = all && own == "Completed"
		assigned = append(assigned, world.Object{"id": a["id"], "status": own})
	}
	if n, ok := body["completenessPercentage"].(float64); ok {
		share = int(n)
	}
	if condition == "AllAssignees" && status == "Completed" && !all {
		status = "InProgress"
	}
	if condition == "Percentage" && share > 0 && share < 100 {
		status = "InProgress"
	}
	w.Update(t, world.Object{"status": status, "assignees": assigned, "completenessPercentage": share,
		"lastModifiedTime": q.At}, q.At)
	return q.Empty(), nil
}

func listTasks(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	made, p := world.CreatedBetween(q)
	if p != nil {
		return nil, p
	}
	return slices.DeleteFunc(w.List(kindTask, q.Parents()...), func(t *world.Resource) bool {
		assigned := world.Children(t.Doc, "assignees")
		if !made(t) || !t.Meets(q) || !world.QueryAllows(q, "creatorId", world.Text(world.Child(t.Doc, "creator"), "id")) {
			return true
		}
		if v := q.Query.Get("assignmentStatus"); v != "" && (v == "Assigned") != (len(assigned) > 0) {
			return true
		}
		if q.Query.Get("assigneeId") == "" && q.Query.Get("assigneeStatus") == "" {
			return false
		}
		return !slices.ContainsFunc(assigned, func(a world.Object) bool {
			return world.QueryAllows(q, "assigneeId", world.Text(a, "id")) &&
				world.QueryAllows(q, "assigneeStatus", world.Text(a, "status"))
		})
	}), nil
}
