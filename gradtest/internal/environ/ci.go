package environ

// CIRun returns the commit and the address of the CI run of this process, from the variables of GitHub Actions, GitLab,
// CircleCI, Buildkite, Azure Pipelines and Jenkins. Both are empty elsewhere.
func CIRun(getenv func(string) string) (commit, run string) {
	for _, name := range []string{
		"GITHUB_SHA", "CI_COMMIT_SHA", "CIRCLE_SHA1", "BUILDKITE_COMMIT", "BUILD_SOURCEVERSION", "GIT_COMMIT",
	} {
		if commit = getenv(name); commit != "" {
			break
		}
	}
	if id := getenv("GITHUB_RUN_ID"); id != "" {
		return commit, getenv("GITHUB_SERVER_URL") + "/" + getenv("GITHUB_REPOSITORY") + "/actions/runs/" + id
	}
	if id := getenv("BUILD_BUILDID"); id != "" {
		return commit, getenv("SYSTEM_COLLECTIONURI") + getenv("SYSTEM_TEAMPROJECT") + "/_build/results?buildId=" + id
	}
	for _, name := range []string{"CI_JOB_URL", "CIRCLE_BUILD_URL", "BUILDKITE_BUILD_URL", "BUILD_URL"} {
		if run = getenv(name); run != "" {
			break
		}
	}
	return commit, run
}
