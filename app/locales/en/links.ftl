# The health of links to sources.
link-health = Link
link-told-ok = It works.
link-told-moved = ↪ It leads to another address since { $date }.
link-told-changed = ⚠ Something else is at this address since { $date }.
link-told-gone = ✕ Nothing is at this address any more; seen on { $date }.
link-told-refused = ⊘ Its host does not answer programs since { $date }; people may still get through.
link-looked-at = Looked at on { $date }.
link-read-copy = Read the kept copy
links-to-mend = Links to mend
links-to-mend-lede = Published sources whose links lead nowhere, elsewhere, or to something else. A copy can be handed in where none is kept.
links-none = Every link that was looked at leads to what was cited.
evidence-download = Download the evidence
evidence-download-text = this page, its history, the kept copies of its sources and the proof that it was recorded, in one file (WACZ)
evidence-quotes-kept = { $n ->
    [one] The one quote on this page stands in a kept copy of its source.
   *[other] Of { $n } quotes on this page { $kept } stand in kept copies of their sources.
}
evidence-quotes-unkept = { $n ->
    [one] The one quote on this page stands in no kept copy, so it could not be held against its source.
   *[other] None of the { $n } quotes on this page stands in a kept copy, so they could not be held against their sources.
}
link-read-archived = Read it in the archive
links-archive = Say where an archive keeps it
links-archive-save = Save this address
links-archive-said = Readers are told where an archive keeps the source.
