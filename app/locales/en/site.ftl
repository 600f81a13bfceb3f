### The texts of the site in English. Keys are the same in every language; a test holds them together.

## The frame
skip = Skip to the content
site-sections = Sections
languages = Languages
breadcrumb = Where this page stands
pledges = Pledges
parties = Parties
meetings = Meetings
topics = Topics
changes = Changes
method = Method
footer-licence = Open data under
footer-method = How pledges are judged:
only-in-other-language = (in Spanish only)
facts = Facts

## Dates and numbers
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
today = today
ago = { $time } ago
days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
months = { $n ->
    [one] { $n } month
   *[other] { $n } months
}
years = { $n ->
    [one] { $n } year
   *[other] { $n } years
}

## Statuses
status-not-assessed = Not assessed
status-announced = Announced
status-no-action-found = No action found
status-in-progress = In progress
status-partly-fulfilled = Partly fulfilled
status-fulfilled = Fulfilled
status-stalled = Stalled
status-not-fulfilled = Not fulfilled
status-superseded = Superseded
status-withdrawn = Withdrawn
status-not-assessable = Not assessable
status-meaning-not-assessed = Nobody has looked into it yet.
status-meaning-announced = It was made; nothing more is known.
status-meaning-no-action-found = Somebody looked for action and found none. That is not proof that there was none.
status-meaning-in-progress = Something is being done, and it is not finished.
status-meaning-partly-fulfilled = A part of what was promised was done.
status-meaning-fulfilled = What was promised was done.
status-meaning-stalled = It was begun or planned, and has come to a halt.
status-meaning-not-fulfilled = It was not done, and can no longer be done as promised.
status-meaning-superseded = Another pledge took its place.
status-meaning-withdrawn = Those who made it gave it up.
status-meaning-not-assessable = Its wording is too vague to tell whether it was kept.
status-late = { $status }, { $by } late
status-late-at-least = { $status }, at least { $by } late
status-on-time = { $status } on time
overdue = Overdue
overdue-by = overdue by { $time }
due-soon = due soon
due = due
made = made
confidence-high = high confidence
confidence-medium = medium confidence
confidence-low = low confidence

## The strip
strip-from = { $status } from { $date }
strip-label = Status history: { $history }
strip-due = due { $date }

## Counts
source-count = { $n ->
    [one] { $n } source
   *[other] { $n } sources
}
pledge-count = { $n ->
    [one] { $n } pledge
   *[other] { $n } pledges
}
found-count = { $n ->
    [0] No pledge matches
    [one] { $n } pledge matches
   *[other] { $n } pledges match
}
more-parties = { $n ->
    [one] { $n } more
   *[other] { $n } more
}

## Lists
list-title = What was promised, and what came of it
list-lede = Every pledge here carries its source, and every change of status its evidence. No step of its history is ever rewritten.
no-pledges = No pledge matches. Fewer words or another filter may find more.
filter-words = Search
filter-words-hint = operational cell, visas, Guatemala…
filter-search = Search
filter-show = Show
filter-clear = Clear filters
filter-status = Status
filter-party = Party
filter-topic = Topic
filter-meeting = Meeting
filter-sort = Order
any-status = Any status
any-party = Any party
any-topic = Any topic
any-meeting = Any meeting
filter-timeliness = Timeliness
filter-role = Role
filter-due = Due
filter-source-language = Language of a source
filter-changed-since = Changed since
filter-more = More filters
filter-most = The { $count } with the most pledges; see all
filter-chosen = Filters in use
filter-remove = Remove the filter { $filter }
any-timeliness = Any timeliness
any-role = Any role
any-due = Any time
any-source-language = Any language
no-due-date = No date
timeliness-not-due = Not due yet
timeliness-due-soon = Due soon
timeliness-overdue = Overdue
timeliness-on-time = On time
timeliness-late = Late
change-count = { $n ->
    [0] No change matches
    [one] { $n } change
   *[other] { $n } changes
}
sort-relevance = Best match first
sort-newest = Newest first
sort-oldest = Oldest first
sort-due = By due date
sort-changed = Last changed first
pages = Pages
page-of = Page { $page } of { $pages }
page-before = ← Previous page
page-after = Next page →

## Through time, and side by side
over-time-title = Statuses over time
over-time-caption = How many pledges had each status
over-time-line = Over time
over-time-last = On the last day
over-time-numbers = Show the numbers
over-time-day = Day
scorecard-title = Scorecard
scorecard-lede = What came of the pledges that each party made, leads or hosts. A pledge of several parties counts for each of them. Counts tell how often, not how much.
deadlines = Deadlines
deadlines-lede = What is due when, as precisely as those who promised it said.
deadlines-years = Years
deadlines-none = Nothing of what is asked for is due in this time.
deadlines-nearest = Nothing of what is asked for is due in { $year }; these are the deadlines of { $shown }.
deadlines-sometime = Some time in { $year }

## The home page
home-title = What governments promised, and what came of it
home-lede = A public record of pledges and their status over time. Every claim leads to its source.
home-changed = Last changed
home-all-changes = All changes
home-overdue = Overdue
home-all-overdue = All overdue pledges

## Parties, meetings, topics
parties-lede = Countries, bodies, organizations and people who made pledges, took part in them or stood to benefit.
meetings-lede = The occasions at which pledges were made, the latest first.
topics-lede = What the pledges are about.
party-parts = Its part in these pledges:
party-description = The pledges of { $name }, each with its status, its history and its sources.
meeting-description = The pledges made at { $name }, { $place }, { $date }, and what came of them.
topic-description = Pledges on { $name }, and what came of them.
party-kind-country = Country
party-kind-government = Government body
party-kind-organization = Organization
party-kind-person = Person

## A pledge
pledge-since = since
pledge-how-judged = How pledges are judged
pledge-checked = last checked { $ago }
pledge-checked-stale = last checked { $ago }; nobody has looked since
pledge-entered = last entry { $ago }
pledge-entered-stale = last entry { $ago }; nobody has looked since
pledge-not-made-yet = On this day the pledge had not been made yet. It was made on { $date }.
pledge-sources = Where else the pledge stands
pledge-in-record-since = In this record since
pledge-made-at = Made at
pledge-made-on = Made on
pledge-due = Due
pledge-no-due-date = No date was set
pledge-quantity = Amount
pledge-permalink = Permanent link
role-lead = Led by
role-party = Made by
role-party-with = With
role-host = Host
role-beneficiary = For
field-title = What it was called
field-wording = In their words
field-due-on = When it was due
field-party = Who made it
variants-title = What sources say differently
variants-text = The weightiest voice comes first. Which one the record goes by is marked.
variant-says = What is said
variant-authority = Who says it
variant-source = Where
variant-taken = the record goes by this
authority-communique = Joint statement
authority-named-official = Named official
authority-anonymous-official = Unnamed official
authority-press = The press
stance-contradicts = Speaks against it
stance-context = For context
not-yet-quoted = Not yet quoted
about-this-source = About this source
timeline-title = How its status changed
timeline-none = Nothing had been recorded by then.
correction = Correction
correction-nothing = nothing
step-corrected = This entry was corrected.
step-see-correction = See the correction
step-see-corrected = See what it replaces
step-of-party = { $party }:
step-override = Why the status differs from those of the parties
step-searched = Searched, nothing found
step-recorded = Recorded

## Feeds, calendars, citations and embeds
feed-title = Pledgebook: { $name }
feed-follow = { $name }: changes as a feed (Atom)
feed-of-all = All pledges
feed-of-these = These pledges
feed-entry = { $title }: { $status }
feed-entry-of-party = { $title }: { $party }: { $status }
feed-rights = Open data under the Creative Commons Attribution 4.0 International licence (CC BY 4.0).
calendar-title = Pledgebook: deadlines, { $name }
calendar-follow = { $name }: deadlines as a calendar (iCalendar)
calendar-entry = Due: { $title } ({ $status })
cite-title = Cite this
cite-styles = Citations in several styles
cite-permalink-text = opens this page as it is now, whatever the record comes to say.
cite-style-plain = Plain text
cite-style-apa = APA
cite-style-chicago = Chicago
cite-note = { $status }, as of { $date }
cite-plain = Pledgebook, “{ $title }”, as of { $date }, { $url }
cite-apa = Pledgebook. ({ $year }, { $month } { $day }). { $title } [Record of a pledge]. { $url }
cite-chicago = Pledgebook. “{ $title }.” As of { $month } { $day }, { $year }. { $url }.
embed-title = Show this pledge on your page
embed-text = Copy this HTML. It always shows the present status, without scripts and without cookies.
embed-preview = See what it looks like
embed-sources = History and sources
dataset-name = Pledgebook: what governments promised, and what came of it
dataset-description = Pledges of governments and other parties, each with its wording, its dates, its status over time and the sources that every change rests on. Texts are in English and Spanish; dates are as precise as their sources.
method-rating = For programs that compare ratings of several publishers, the page of a judged pledge also gives its status a place from 1 to 5: not fulfilled 1, stalled 2, in progress 3, partly fulfilled 4, fulfilled 5. Where no place would be true, it gives the word alone.

## A source
source-description = “{ $title }”, { $publisher }: what this record rests on it.
source-open = Open the source
source-cited-for = What rests on it
source-for-pledge = for the pledge itself
source-for-variant = for one wording: { $field }
source-not-cited-then = On this day nothing in the record rested on it yet.
source-publisher = Published by
source-published = Published on
source-kind = Kind
source-language = Language
source-translation-of = Translation of
source-translations = Translations
source-address = Address
source-kind-official = Official document
source-kind-news = News
source-kind-ngo = Civil society
source-kind-treaty = Treaty
source-kind-dataset = Data
language-en = English
language-es = Spanish
language-fr = French
language-pt = Portuguese

## Changes
changes-lede = What this record has come to say, the latest first.
changes-recorded-on = Recorded on
changes-none = Nothing had been recorded by then.
changes-none-match = No change matches. Another filter may find more.

## Another day
as-of-label = As it stood on
as-of-show = Show that day
notice-as-of = This is how things stood on { $date }, as known today.
notice-known-at = This is what the record said at { $known }.
notice-as-of-known-at = This is how things stood on { $date }, as the record told it at { $known }.
notice-now = See it as it is now

## Open data
data-title = Open data
data-lede = The whole record, or any part of it, to keep and to build on. Free to use, with its source named.
data-download = download it
data-record-title = Pledgebook: what governments promised, and what came of it
data-files = Files
data-file = File
data-what = What it holds
data-xlsx = One workbook for spreadsheet programs: pledges, history, sources and parties, each on a sheet; dates are dates, numbers are numbers. At most 100,000 pledges.
data-json = Everything in one document, in the format in which a record is loaded: it can be loaded elsewhere without loss.
data-jsonl = One pledge a line, with its history, its citations and its state.
data-package = What stands in each CSV file, for programs (Frictionless data package).
data-table-pledges = The pledges, one a row, with their state.
data-table-history = The changes of status, one a row.
data-table-variants = What sources say differently, one wording a row.
data-table-citations = Which source bears out which pledge, wording or change, with its quote.
data-table-sources = The sources.
data-table-parties = The parties.
data-table-meetings = The meetings.
data-table-topics = The topics.
data-narrowed = The files here hold only part of the record:
data-all = Take the whole record
data-licence = Licence, and how to cite
data-licence-text = The data may be copied, changed and published by anybody, for any purpose, if the source is named:
data-citation = { $title }. { $site }, CC BY 4.0, on the day of the download.
data-reading = How to read the CSV files
data-package-description = UTF-8, comma-separated, with a header row (RFC 4180). A date is as precise as its source: a year, a month or a day. Names in one cell stand with “|” between them; of parties, each as role:name. A text that a spreadsheet might take for a formula, because it begins with =, +, -, @ or the like, has an apostrophe in front, and so has one that begins with an apostrophe: take one apostrophe off the front of a text, and it is as it was. Nothing in a cell means that nothing is known.
data-clocks = Filters and the two clocks
data-clocks-text = Each file takes the parameters of the list of pledges, and as_of and known_at: /data/history.csv?party=guatemala&as_of=2024-04-15 holds what had happened by that day. A file holds the record as it was when the download began.
data-columns = Columns
data-column = Column
data-meaning = Meaning
data-computed = (computed)
data-elsewhere = What the statuses are called elsewhere
data-elsewhere-text = For comparison with other records, three columns give the status in the words of PolitiFact’s promise meters, of the stages of pledges at UNHCR’s Global Refugee Forum, and of the levels of completion of the Open Government Partnership’s Independent Reporting Mechanism. Where no word of theirs would be honest, there is none.
column-id = Its name in addresses; it never changes.
column-title = What it is called; of a source, in the source’s own language.
column-summary = What was promised, in the record’s words.
column-wording = What was promised, in the parties’ own words.
column-made-on = When it was made.
column-meeting = The meeting at which it was made.
column-parties = Who made it, with whom and for whom: role:name, with | between them.
column-topics = What it is about, with | between the names.
column-due-on = When it is due.
column-due-words = The words in place of a due date, where the source names none.
column-quantity-value = The amount promised.
column-quantity-unit = Of what.
column-status = The status.
column-status-effective-on = The date given for the change that began the status.
column-status-from = The first day on which the status certainly held.
column-confidence = How sure the record is of it.
column-timeliness = How it stands to its due date.
column-days-late = By how many days it is overdue or was fulfilled late; at least so many where dates are vague.
column-recorded-at = When the record said so.
column-changed-at = When the record last said something new of it.
column-politifact = The status in PolitiFact’s words.
column-unhcr-grf = The status as a stage of a pledge at UNHCR’s Global Refugee Forum.
column-ogp = The status as a level of completion of the Open Government Partnership.
column-page = The address of its page.
column-pledge = The pledge.
column-position = Its place in the pledge’s history, or among its variants, from 0; 0 for the pledge itself.
column-party = The party whose own status it is; empty for the pledge’s.
column-effective-on = When it happened.
column-rationale = What happened, and why this status.
column-searched = Where was searched and nothing found.
column-override-reason = Why the status differs from those of the parties.
column-replaces = The position of the change that it corrects.
column-reason = Why it corrects it.
column-field = The field on which sources differ.
column-value-on = What the source says, if it is a date.
column-value = What the source says.
column-taken = Whether the record goes by it.
column-claim = What is cited: the pledge itself, a variant, or a change of status.
column-number = The place among the citations of the same, from 0.
column-source = The source.
column-quote = The passage, word for word; empty if nobody has quoted it yet.
column-locator = Where in the source it stands.
column-language = The language of the source or of the passage.
column-stance = How the source stands to what it is cited for.
column-authority = Who speaks in the passage.
column-url = Where it was published.
column-publisher = Who published it.
column-published-on = When it was published.
column-kind = What it is.
column-translation-of = The source that it is a translation of.
column-archive-url = Where an archive keeps it.
column-name = What it is called.
column-iso = The country code (ISO 3166-1).
column-held-on = When it was held.
column-place = Where it was held.
## The record at another time
known-at-summary = What the record said at another time
known-at-hint = The record keeps what it has come to say, so that it can be read as anyone could read it then. Times are in UTC.
known-at-label = Read it as it was at

## Two moments of a pledge
compare-title = What the record said, then and later
compare-title-of = Then and later: { $title }
compare-lede = The same pledge as the record told it at two moments. Words that only one of them has are marked.
compare-earlier = Compare with an earlier moment
compare-last = What the last publication changed
compare-back = Back to the pledge
compare-from = As the record told it at (UTC)
compare-to = And at (UTC)
compare-now = Now
compare-before = Before { $time }
compare-show = Compare
compare-what = What
compare-then = Then
compare-later = Later
compare-same = The record says the same of this pledge at both moments.
compare-not-yet = Not in the record yet
compare-not-made = Not made yet
compare-since = Since
compare-timeliness = On time or not
compare-not-due = not due yet
compare-on-time = on time
compare-late = { $by } late
compare-late-at-least = at least { $by } late
compare-name = Title
compare-summary = Summary
compare-role-lead = leads
compare-role-party = party
compare-role-host = host
compare-role-beneficiary = beneficiary
compare-step-added = Step added
compare-step-changed = Step changed
compare-step-removed = Step no longer told
compare-kept = { $n ->
    [one] { $n } step is told alike at both moments.
   *[other] { $n } steps are told alike at both moments.
}
problem-later-than = must not be later than { $other }

## When something is wrong
not-found-title = Nothing is here
not-found-text = The address may have been mistyped, or what was here has another name. Perhaps one of these leads on.
refused-title = This can’t be shown as asked
problem-not-one-of = “{ $given }” is not accepted; accepted: { $accepted }
problem-not-a-slug = “{ $given }” names nothing here; accepted: a name as it stands in addresses, such as april-summit
problem-not-a-day = “{ $given }” is not a day; accepted: a date such as 2024-04-15
problem-not-a-range = “{ $given }” is not accepted; accepted: 2024, 2024-04, 2024-01/2024-06, ../2024, 2025/.. or none
problem-not-a-language = “{ $given }” is not a language tag; accepted: en, es, pt-BR and the like
problem-not-a-timestamp = “{ $given }” is not a moment; accepted: 2024-04-15T12:00:00Z or 2024-04-15
too-often-title = Too many requests
too-often-text = So many requests came from your address that this one is not answered. Try again in { $n ->
    [one] { $n } second
   *[other] { $n } seconds
}.
too-often-all = The whole record can be downloaded at once:
unavailable-title = The record can’t be read just now
unavailable-text = Nothing is lost. Please try again in a minute.
not-writable-title = Nothing can be written just now
not-writable-text = The server’s disk is full or takes nothing. What you sent was not saved: keep it, and try again later. What is there can still be read.

## The method
method-title = How pledges are judged
method-lede = What each status means, what counts as evidence, and how dates, delays and corrections are told.
method-statuses = What each status means
method-meaning = Meaning
method-evidence = Evidence
method-evidence-text = No status is published without at least one source, or a note saying where was searched and nothing found. Beside each source stands who speaks in it: a joint statement weighs more than a named official, a named official more than an unnamed one, and that more than the press in its own voice. Where sources differ, each wording is shown with its source. A source whose passage nobody has copied yet is marked “not yet quoted”; quotes are never made up.
method-dates = Dates
method-dates-text = A date is as precise as its source: a day, a month, a year, or words such as “in the near future”. A day is never invented. A change known only to have happened in 2025 counts from the end of that year, or from the day it was recorded if that came first; until then the strip shows it as uncertain.
method-timeliness = On time, late, overdue
method-timeliness-text = This is always computed, never typed in. A pledge due in April 2024 is due until 30 April and overdue from 1 May. It is late by the days between the last day on which it was due and the day it was fulfilled. Where dates are too vague to tell, nothing is said.
method-clocks = Two clocks
method-clocks-text = The record keeps when something happened and when the record said so. Any page can be seen as things stood on another day, with the date field at its foot or by adding ?as_of=2024-04-15 to its address; ?known_at= shows what the record said at a moment.
method-joint = Joint pledges
method-joint-text = Where the parties to a pledge have statuses of their own, the pledge’s status follows from theirs. An editor may depart from it, with a reason that is shown.
method-joint-1 = Parties that withdrew, or whose part was superseded, no longer count, unless that is so of all.
method-joint-2 = Parties not assessed or not assessable don’t count either, unless that is so of all that are left.
method-joint-3 = Where all that are left agree, that is the status.
method-joint-4 = Where some fulfilled their part, wholly or partly, the pledge is partly fulfilled.
method-joint-5 = Otherwise it is the first of these that any party has: in progress, stalled, not fulfilled, announced, no action found.
method-strip = The strip
method-strip-text = A pledge’s whole life is one line, from the day it was made to the day it is seen from. The further the pledge has come, the thicker the line; where it stalled or failed, the line is broken. The upright mark is the end of the day on which it was due.
method-corrections = Corrections
method-corrections-text = A published change of status and its evidence are never edited or removed; the database refuses it. A mistake is corrected by a new entry that names the old one and says why. Both stay visible.
method-review = Who reviews
method-review-text = The organization that keeps this record decides what is published in it. Those who work on it appear as the organization, never by name.

## The API
footer-api = For other programs:
api-title = The record for other programs
api-lede = Everything that is public here can be read as JSON, without a key, from any program or page.
api-description = A description for programs, in the form of OpenAPI 3.1:
api-moments = Two clocks
api-moments-text = Every answer is of a moment. `as_of` asks what was true on a day, `known_at` what the record said at a moment. Each answer names both; sent back together they ask for the same answer again, whatever the record has come to say since.
api-paging = Long lists
api-paging-text = A long list comes in pieces of at most `limit` items. The field `next` and the header `Link` say where the next piece is; at the end there is none. A cursor has no meaning of its own and is good for the query it came with.
api-caching = Asking again
api-caching-text = Each answer has an `ETag` and, once something is published, a `Last-Modified`. Who sends them back as `If-None-Match` or `If-Modified-Since` gets 304 and no body while nothing has changed. A pledge falls due without anything being published; so an answer that depends on today is new each day (UTC).
api-errors = When something is wrong
api-errors-text = Problems are told as RFC 9457 has it, as `application/problem+json`. A parameter that is unknown, given twice or empty is refused too, so that a filter that is misspelt is never answered with everything.
api-operations = What can be asked for
api-parameters = Parameters
api-name = Name
api-type = Type
api-needed = (needed)
api-accepted = accepted
api-usual = if left out
api-example = Example
api-answers-with = Answers with
api-answer = The answer
api-answer-of = The answer to the example of { $path }
api-schemas = What answers are made of
api-schemas-text = A field that has nothing to say is there and `null`. A text has both languages, `null` where the record has it in the other one only. Addresses in answers name the thing, not the moment.
