# Import.
problem-not-utf8 = is not text in UTF-8, from byte { $byte } on; save it as UTF-8 and try again
problem-not-a-table = is no table that is known here: “{ $given }” has not the columns of one; accepted: the files of Open data, by their columns
problem-published = is published and stays as it is; a correction is added beside it
problem-differs-from-record = is “{ $given }” here and “{ $has }” in the record; an import of pledges does not change that
import-title = Import
import-lede = Bring in many pledges at once. First you see, row by row, what the files would do; nothing is done until you say so.
import-files = Files
import-files-hint = CSV or JSON, several at once. The tables are those of Open data and are known by their columns; pledges.csv alone will do.
import-pasted = Or paste a table or JSON here
import-pasted-hint = Cells copied from a spreadsheet will do, with the names of the columns in the first row.
import-pasted-name = Pasted text
import-show = Show what it would do
import-earlier = Earlier imports
import-when = Sent
import-who = By
import-touched = Pledges added or changed
import-state = State
import-planned = nothing done yet
import-applied = imported
import-undone = undone
import-of = Import of { $files }
import-comparing = Comparing with the record: { $done } of { $total } pledges.
import-writing = Writing drafts: { $done } of { $total }.
import-look-again = See how far it is
import-plan-changed = The record has changed since you looked, and so has what this would do. Nothing was done; please look again.
import-nothing-done = Some rows are refused, so nothing was done. Correct them, or leave them out.
import-overtaken = Somebody else did something to this import at the same time. This is how it stands now.
import-failed = It could not be done just now. Nothing was changed; please try again.
import-undone-now = Undone: { $discarded ->
    [one] { $discarded } draft was discarded
   *[other] { $discarded } drafts were discarded
  }; { $published } published ones stay.
import-twin = The very same files were imported before. See that import.
import-unknown = These columns are not known and were read over:
import-all = All rows
import-pledges = Pledges
import-others = Sources, parties, meetings, topics
import-means = What that means
import-outcome-added = Added
import-outcome-changed = Changed
import-outcome-same = The same
import-outcome-unused = Not needed
import-outcome-refused = Refused
import-outcome-about-added = new to the record
import-outcome-about-changed = the record would say something else
import-outcome-about-same = skipped: the record says the same already
import-outcome-about-unused = skipped: new, but no pledge of this import refers to it
import-outcome-about-refused = something is wrong; it is told below
import-thing-pledge = pledge
import-thing-source = source
import-thing-party = party
import-thing-meeting = meeting
import-thing-topic = topic
import-drafts = Its drafts
import-reason = Why published pledges are edited
import-reason-hint = Shown in public beside each edit.
import-reason-default = Imported from { $files }.
import-in-english = In English
import-in-spanish = In Spanish
import-refused-hint = While rows are refused nothing is imported, unless you leave them out.
import-skip-refused = { $n ->
    [one] Leave out the { $n } row that is refused
   *[other] Leave out the { $n } rows that are refused
  }
import-as-drafts = Import as drafts
import-for-review = Import straight to review
import-nothing-to-do = There is nothing to import: no row adds or changes a pledge.
import-undo = Undo the import
import-undo-hint = Discards all its drafts that are not published yet, at one stroke.
import-rows = Row by row
import-place = { $file }, line { $line }
import-fields = What it says
import-whole-row = the row
import-field = Field
import-before = Before
import-after = After
