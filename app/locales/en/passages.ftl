# Passages: quotes where they stand, and what a text says that may be a pledge.
read-it-there = Read it there
read-it-in-copy = In the kept copy
read-it-in-copy-on-page = In the kept copy, page { $n }
article-title = From an article
article-lede = Paste the text of an article or a communiqué. Sentences that look like pledges are marked, with who and by when, and one click makes a draft of each. The text stays on this server.
article-text = Text
article-text-hint = All of it, as you copied it; at most 200,000 characters.
article-source = Where it was published
article-source-hint = It goes into each draft. What you don’t know yet you can add there.
article-published-hint = “Next year” is counted from it: 2024-02-28, or as precise as you know it.
article-language-hint = Left empty, it is told from the text.
article-read = Look for pledges
article-change = Change the text or its source
article-marked = { $n ->
    [0] No sentence looks like a pledge
    [one] { $n } sentence looks like a pledge
   *[other] { $n } sentences look like pledges
}
article-marked-list = Sentences that look like pledges
article-errs = This is a first help that errs: it misses some and marks some that are none. Any sentence can be ticked.
article-unread = Pledges are told in English and Spanish only. Tick the sentences that make one.
article-undated = Without the day of publication, times such as “next year” stay words.
article-sentence = Sentences
article-draft = Make a draft
article-draft-this = Make a draft of “{ $sentence }”
article-draft-ticked = Make one draft of the ticked sentences
article-draft-quote = Make a draft of this quote
article-drafted = A draft was made of what the text says. Check it, and fill in what is missing.
article-nobody = nobody whom the record knows
article-no-date = no date
article-by-when = By when
article-quote = A quote you have already
article-quote-hint = It is looked for in the text, whatever quotation marks, dashes and line ends it has.
article-look = Look for it
quote-found = The text has it, word for word.
quote-found-on-page = The copy has it, word for word, on page { $page }.
quote-found-but-for-case = The text has it, but with other capital letters.
quote-places = { $n ->
    [one] It stands in { $n } place.
   *[other] It stands in { $n } places; this is the first.
}
quote-differs = The text does not have it word for word.
quote-alike = This passage is most like it ({ $share } % of the words).
quote-in-text = In the text
quote-as-typed = As you typed it
quote-nowhere = The text has nothing like it.
quote-no-copy = No copy of the source is kept yet, so the quote could not be compared with it.
quote-no-text = A copy is kept, but it has no text with which the quote could be compared.
quote-copy-of = The copy of { $time }
passage-find = Look for pledges in this copy
passage-title = Choose the passage
passage-pick = Choose the passage in the copy
passage-lede = The text of { $url } as it was kept on { $time }.
passage-hint = Tick the sentences that are the quote, or type a part of one further down. What else the draft has stays as it is.
passage-parts = Parts of the text
passage-parts-hint = The text is long and is shown in parts. A quote is looked for in all of them.
passage-take = Take this sentence
passage-take-this = Take this sentence as the quote: “{ $sentence }”
passage-take-ticked = Take the ticked sentences as the quote
passage-take-quote = Take this quote
passage-taken = The draft has the passage, as it stands in the copy.
passage-not-taken = The passage was not taken: somebody else has just saved this draft. Choose it again.
