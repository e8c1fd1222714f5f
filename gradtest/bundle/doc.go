// Package bundle packs the evidence of an app into one file that another person can check without the app, its tests or
// a network. [Write] makes it; [Verify] opens it, judges the records anew and names the first difference. The command
// does the same: gradtest bundle, and gradtest verify FILE.
//
// # What is in a bundle
//
// A bundle is a zip archive with these members, in this order. The same evidence, judged at the same moment, gives the
// same bytes.
//
//	README.txt          what this is and how to check it, for a reader without gradtest
//	page.html           the report as a web page
//	verdict.json        the report as JSON, see [report.Document]
//	policy.json         the policy with all its values, see below
//	declaration.json    what the app declares, as a [ledger.Declaration]; absent if it declares nothing
//	records.jsonl       the records, as an export of the ledger, chained and with the heads of the ledger's chains
//	manifest.json       a [Manifest]: SHA-256 and size of each member above, gradtest's version, hash of the catalogue
//	manifest.json.sig   the signature of manifest.json, if there is one
//
// The records are those that can matter at the moment of judgement: the calls of the last 49 hours, reservations whose
// end is unknown, and the app's declaration. The records contain no personal data and no secrets, see package ledger,
// and nothing else goes into a bundle.
//
// policy.json has the fields of [criteria.Policy] in lower camel case; a zero field means what it means there:
//
//	{"schema": "gradtest/policy/v1", "name": "graduation", "version": "2023-05-02", "source": "…", "edition": "2024-03-05",
//	 "successes": 21, "perEndpoint": 5, "scopes": true,
//	 "authErrors": {"answers": ["unauthorized", "forbidden", "token-failure"], "over": [], "below": 5},
//	 "clientErrors": {"answers": [], "over": [], "below": 0},
//	 "noRefusals": false, "countIn": [], "errorsIn": []}
//
// # What verifying shows
//
// [Verify] checks that the archive has exactly these members and no byte besides, that each is the one that the
// manifest names, that the chain of the records is whole, that a policy with a name of package criteria has its values,
// and that the declaration is the one recorded. Then it judges the records by the bundled policy and declaration at the
// bundled moment, and compares every number, sentence and picture with the bundled ones. A difference is in
// [Result].Differences; what a reader should know and is no fault, such as another version of gradtest, is in Notes.
//
// Between versions of gradtest the wording, the page and the facts of the catalogue may change. If the versions or the
// hashes of the catalogue are not the same, other sentences and another page are therefore notes; other numbers remain
// differences.
//
// It cannot show that a call was ever made, nor that an unsigned bundle comes from whom it claims: who can write a file
// can make up a consistent one. A signature, made with an ssh key and checked against a file of allowed signers, says
// who vouches for it. A policy that a user wrote travels with its values; that these are the team's bar is for the
// reader to judge.
//
// # Limits
//
// [Verify] reads members as streams. It refuses an archive larger than 512 MiB, and a member that unpacks to more than
// its kind ever needs: 2 GiB of records, 64 MiB of a report, 8 MiB of a declaration, 1 MiB of anything else.
package bundle
