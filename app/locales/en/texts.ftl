# Originals and translations, and what the queue is narrowed to.
translation-from = Translation from { $language }
translation-outdated = Outdated
translation-changed = the original was changed on
translation-lags = These translations lag behind their originals, and readers are told so. Bring them up to date, or say below that they are still right.
translation-lags-here = Its translations that lag behind:
translation-since = original changed on { $date }
translation-see = See what was changed
translation-queue = Translations to bring up to date
translation-is-original = original
translation-is-translation = translation
form-original-title = Original of the title
form-original-summary = Original of the summary
form-original-wording = Original of the wording
form-original-none = Not said
form-original-en = English; the Spanish is a translation
form-original-es = Spanish; the English is a translation
form-original-both = Both, each written for itself
form-still-right-title = The translation of the title is still right, even where the original was changed
form-still-right-summary = The translation of the summary is still right, even where the original was changed
form-still-right-wording = The translation of the wording is still right, even where the original was changed
review-lagging = Once this is published, readers are told that these translations lag behind their originals:
review-still-right = Said to be still right, though the original was changed:
queue-narrow = Narrow the lists
queue-lists = Lists of the queue
queue-words = Words of a draft’s title
queue-kind = Kind of draft
queue-any-kind = Any
queue-author = Begun by
queue-any-author = Anybody
queue-days = Not checked for so many days
queue-nothing-asked = Nothing in the queue is what you asked for.
queue-more = { $shown } of { $total } are shown. Narrow the lists to see the others.
column-title-original = In which language the title was written: en, es, or both for two that were each written for themselves; the other one is a translation. Empty where nobody has said it.
column-summary-original = The same of the summary.
column-wording-original = The same of the wording.
column-outdated-translations = The texts whose translation lags behind the original, with | between them.
queue-unchecked = { $n ->
    [one] Not checked for { $n } day
   *[other] Not checked for { $n } days
}
