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
sort-relevance = Best match first
sort-newest = Newest first
sort-oldest = Oldest first
sort-due = By due date
sort-changed = Last changed first
pages = Pages
page-of = Page { $page } of { $pages }
page-before = ← Previous page
page-after = Next page →

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
pledge-not-made-yet = On this day the pledge had not been made yet. It was made on { $date }.
pledge-sources = Where else the pledge stands
pledge-in-record-since = In this record since
pledge-made-at = Made at
pledge-made-on = Made on
pledge-due = Due
pledge-no-due-date = No date was set
pledge-quantity = Amount
pledge-cite = Cite
pledge-citation = Pledgebook, “{ $title }”, as of { $date }.
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
step-corrected = This entry was corrected.
step-see-correction = See the correction
step-see-corrected = See what it replaces
step-of-party = { $party }:
step-override = Why the status differs from those of the parties
step-searched = Searched, nothing found
step-recorded = Recorded

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

## Changes
changes-lede = What this record has come to say, the latest first.
changes-recorded-on = Recorded on
changes-none = Nothing had been recorded by then.

## Another day
as-of-label = As it stood on
as-of-show = Show that day
notice-as-of = This is how things stood on { $date }, as known today.
notice-known-at = This is what the record said at { $known }.
notice-as-of-known-at = This is how things stood on { $date }, as the record told it at { $known }.
notice-now = See it as it is now

## The record at another time
known-at-summary = What the record said at another time
known-at-hint = The record keeps what it has come to say, so that it can be read as anyone could read it then. Times are in UTC.
known-at-label = Read it as it was at
known-at-show = Go to that time

## Two moments of a pledge
compare-title = What the record said, then and later
compare-title-of = Then and later: { $title }
compare-lede = The same pledge as the record told it at two moments. Words that only one of them has are marked.
compare-earlier = Compare with an earlier moment
compare-last = What the last publication changed
compare-back = Back to the pledge
compare-from = As the record told it at
compare-to = And at
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
unavailable-title = The record can’t be read just now
unavailable-text = Nothing is lost. Please try again in a minute.

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
