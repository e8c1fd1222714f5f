package rcapi

import (
	"strings"
	"time"
)

// Group is a usage-plan group: the unit in which the platform limits the rate of calls, per user and app. The platform may
// add groups, and writes them in lower case in its headers; compare buckets (see [Operation.Groups]), not spellings.
//
// The zero Group means that the group is not known.
type Group string

// Usage-plan groups of the specification.
const (
	Light        Group = "Light"
	Medium       Group = "Medium"
	Heavy        Group = "Heavy"
	Auth         Group = "Auth"
	NoThrottling Group = "NoThrottling" // not limited
)

// Buckets of the limits that single services set beside the usage plan.
const (
	BucketSMS = "sms"
	BucketMMS = "mms"
)

// Limit is the default of one bucket: at most Calls in a sliding window of Per. An app's own figures can differ; the
// platform tells them in the X-Rate-Limit headers of its answers.
type Limit struct {
	Bucket string // as in [Operation.Groups]
	Calls  int
	Per    time.Duration
	Custom bool // a service's own limit, which no header confirms
}

// Limits returns the documented defaults: the usage-plan groups first, then the limits of single services. The slice is
// the caller's.
func Limits() []Limit {
	return []Limit{
		{Bucket: "light", Calls: 50, Per: time.Minute},
		{Bucket: "medium", Calls: 40, Per: time.Minute},
		{Bucket: "heavy", Calls: 10, Per: time.Minute},
		{Bucket: "auth", Calls: 5, Per: time.Minute},
		{Bucket: BucketSMS, Calls: 40, Per: time.Minute, Custom: true},
		{Bucket: BucketMMS, Calls: 50, Per: time.Minute, Custom: true},
	}
}

// Static, so that charging a call allocates nothing. An unknown group charges all three: the platform booked unknown
// addresses as Medium once, and a call that is missing in the bucket where it was booked is how a 429 comes about.
var (
	lightBuckets   = []string{"light"}
	mediumBuckets  = []string{"medium"}
	heavyBuckets   = []string{"heavy"}
	authBuckets    = []string{"auth"}
	unknownBuckets = []string{"heavy", "medium", "light"}
	smsBuckets     = []string{"medium", BucketSMS}
	mmsBuckets     = []string{"medium", BucketMMS}
)

// Groups returns the buckets that one call is charged to: its usage-plan group in lower case, then the limits of single
// services (SMS, MMS). Nil means that the operation is not limited.
//
// An operation whose group is not known, such as the zero Operation for a path that the catalogue lacks, is charged to
// heavy, medium and light alike: it is paced as the slowest, and fits wherever the platform books it. The slice is shared
// and must not be changed.
func (o Operation) Groups() []string {
	custom := ""
	if o.Method == "POST" {
		switch o.Path {
		case CreateSMSMessage.Path:
			custom = BucketSMS
		case CreateMMS.Path:
			custom = BucketMMS
		}
	}
	switch {
	case o.Group == Medium && custom == BucketSMS:
		return smsBuckets
	case o.Group == Medium && custom == BucketMMS:
		return mmsBuckets
	case custom != "":
		return append(o.Group.buckets(), custom)
	}
	return o.Group.buckets()
}

func (g Group) buckets() []string {
	switch g {
	case "":
		return unknownBuckets
	case Light:
		return lightBuckets
	case Medium:
		return mediumBuckets
	case Heavy:
		return heavyBuckets
	case Auth:
		return authBuckets
	}
	if strings.EqualFold(string(g), string(NoThrottling)) {
		return nil
	}
	return []string{strings.ToLower(string(g))}
}
