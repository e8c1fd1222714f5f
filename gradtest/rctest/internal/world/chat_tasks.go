package world

import (
	"slices"
)

const kindTask = "tasks of chats"

// tasks is the part of the world about what a chat's members have to do.
func tasks() domain {
	return domain{
		kinds:   map[string]string{chatPath + "/chats/{chatId}/tasks": kindTask, chatPath + "/tasks": kindTask},
		created: map[string]func(*World, *Request, *thing) *Problem{"createTaskNew": createdTask},
		lists:   map[string]func(*World, *Request) ([]*thing, *Problem){"listChatTasksNew": listTasks},
		actions: map[string]action{
			"listChatTasksNew": ofMember(replyList),
			"createTaskNew":    ofWriter(createTask),
			"readTaskNew":      ofMember(read),
			"patchTaskNew":     ofWriter(updateTask),
			"deleteTaskNew":    ofWriter(remove),
			"completeTaskNew":  ofWriter(completeTask),
		},
		own: []string{kindTask},
	}
}

// createTask makes a task and posts it.
func createTask(w *World, q *Request) (Reply, *Problem) {
	r, p := create(w, q)
	if p == nil {
		all := w.all(kindTask)
		w.addPost(q.param("chatId"), q.User, Object{"type": "TextMessage", "attachments": []Object{attachment(all[len(all)-1], "Task")}}, q.At)
	}
	return r, p
}

func createdTask(w *World, q *Request, t *thing) *Problem {
	assigned, p := w.assignees(q)
	if p != nil {
		return p
	}
	t.doc["assignees"] = assigned
	t.doc["type"], t.doc["status"], t.doc["creator"] = "Task", "Pending", Object{"id": q.User}
	t.doc["chatIds"] = []string{q.param("chatId")}
	setDefault(t.doc, "completenessCondition", "Simple")
	setDefault(t.doc, "color", "Black")
	return nil
}

// assignees are those who have to do a task. Who had done it before still has.
func (w *World) assignees(q *Request) ([]Object, *Problem) {
	done := make(map[string]any)
	if q.thing != nil {
		for _, a := range objects(q.thing.doc, "assignees") {
			done[text(a, "id")] = a["status"]
		}
	}
	out := []Object{}
	for _, a := range objects(q.body(), "assignees") {
		id, _ := scalar(a["id"])
		if w.get(kindExtension, id) == nil {
			return nil, unknownInBody("assignees.id", id)
		}
		status := done[id]
		if status == nil {
			status = "Pending"
		}
		out = append(out, Object{"id": id, "status": status})
	}
	return out, nil
}

// updateTask answers with a list of the one task, as the specification has it.
func updateTask(w *World, q *Request) (Reply, *Problem) {
	members := picked(q.body(), "subject", "completenessCondition", "startDate", "dueDate", "color", "section", "description", "recurrence", "attachments")
	if q.body()["assignees"] != nil {
		assigned, p := w.assignees(q)
		if p != nil {
			return Reply{}, p
		}
		members["assignees"] = assigned
	}
	members["lastModifiedTime"] = q.At
	w.update(q.thing, members, q.At)
	return w.reply(q, Object{"records": []Object{q.thing.doc}}, q.Path), nil
}

// completeTask does a task, or opens it again: by all at once, by those who are named, or to a part. What makes it done is its
// condition: anybody, everybody, or a hundred per cent.
func completeTask(w *World, q *Request) (Reply, *Problem) {
	t, body := q.thing, q.body()
	status, share := "Completed", 100
	if text(body, "status") == "Incomplete" {
		status, share = "Pending", 0
	}
	named := objects(body, "assignees")
	condition := text(t.doc, "completenessCondition")
	all := true
	assigned := []Object{}
	for _, a := range objects(t.doc, "assignees") {
		own := a["status"]
		if len(named) == 0 && condition != "AllAssignees" || slices.ContainsFunc(named, func(n Object) bool { return n["id"] == a["id"] }) ||
			len(named) == 0 && text(a, "id") == q.User {
			own = status
		}
		all = all && own == "Completed"
		assigned = append(assigned, Object{"id": a["id"], "status": own})
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
	w.update(t, Object{"status": status, "assignees": assigned, "completenessPercentage": share, "lastModifiedTime": q.At}, q.At)
	return q.empty(), nil
}

func listTasks(w *World, q *Request) ([]*thing, *Problem) {
	made, p := madeBetween(q)
	if p != nil {
		return nil, p
	}
	return slices.DeleteFunc(w.list(kindTask, q.places()...), func(t *thing) bool {
		assigned := objects(t.doc, "assignees")
		if !made(t) || !t.meets(q) || !oneOf(q, "creatorId", text(object(t.doc, "creator"), "id")) {
			return true
		}
		if v := q.Query.Get("assignmentStatus"); v != "" && (v == "Assigned") != (len(assigned) > 0) {
			return true
		}
		if q.Query.Get("assigneeId") == "" && q.Query.Get("assigneeStatus") == "" {
			return false
		}
		return !slices.ContainsFunc(assigned, func(a Object) bool {
			return oneOf(q, "assigneeId", text(a, "id")) && oneOf(q, "assigneeStatus", text(a, "status"))
		})
	}), nil
}
