# The log of the record: its pages, and what the foot of every page says of it.
footer-rests-on = This page rests on
footer-entry = entry { $index } of the record
record-title = The record
record-lede = Everything published here is an entry of a log that is only ever added to. Nothing in it can be changed or taken away without the change showing.
record-entry = Entry { $index }
record-head = Its head
record-size = Entries
record-recorded = Recorded
record-root = Root over all entries
record-leaf = Leaf in the tree
record-checkpoint = Checkpoint
record-checkpoint-text = The head, signed. Keep it: whoever holds an earlier one can prove that nothing before it was changed since.
record-key = Verifier key
record-key-text = Signatures are checked with this. Compare it with one from elsewhere, or with the one you had the last time.
record-verify = Verify it
record-verify-whole = Download the whole log and its checkpoint, and check every entry, the tree over them and the signature:
record-verify-later = Keep the checkpoint. Next time, give the old one to the same command: it then also shows that the log still begins as it did.
record-verify-entry = Or check a single entry with common tools: a line of the file, after a zero byte, hashes to its leaf, and the proof leads from there to the root.
record-verify-formats = The formats are public standards: canonical JSON (RFC 8785), a Merkle tree (RFC 6962), checkpoint and signed note (C2SP). Entries and proofs by address:
record-newest = Newest entries
record-empty = Nothing has been published yet.
record-says = What it says
record-says-added = added
record-says-edited = edited, with what it said before and why
record-says-renamed = renamed
record-says-checked = checked, nothing new found
record-says-removed = taken out of the record, with a notice in its place
record-says-unreviewed = published without a second pair of eyes:
record-says-snapshot = A copy of this source was kept:
record-says-genesis =
    { $n ->
        [one] One pledge, as it stood when the log began.
       *[other] { $n } pledges, as they stood when the log began.
    }
record-says-pledges =
    { $n ->
        [one] one pledge
       *[other] { $n } pledges
    }
record-says-more =
    { $n ->
        [one] and one more pledge
       *[other] and { $n } more pledges
    }
record-as-recorded = As it was recorded
record-as-json = The entry as JSON
record-proof = Proof that it is in the log
record-neighbours = Entries before and after
data-log = The log of everything published, an entry a line, to verify it offline:
record-says-archive = where an archive keeps it
