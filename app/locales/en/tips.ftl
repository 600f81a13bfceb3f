# Tips from the public: the form on each pledge, and the inbox of the desk.
tip-title = Tell us what we missed
tip-way = Something wrong or missing? Tell us
tip-text = A link, a text, or both. It goes to the desk and is not published. No account, no cookie: we do not learn who you are, so please leave out whatever would tell.
tip-url = Link
tip-url-hint = The whole address, with https:// at its beginning
tip-words = What does it show?
tip-leave-empty = Leave this empty
tip-send = Send
tip-too-many = Too many tips have come in during the last hour. Nothing you typed is lost: please send it again later.
tip-thanks-title = Thank you
tip-thanks = Your tip has reached the desk. If the record changes because of it, this pledge’s page will say so, with its source.
tip-back = Back to the pledge
tips-title = Tips from the public
tips-states = Tips by what has become of them
tips-state-new = New
tips-state-accepted = Accepted
tips-state-declined = Declined
tips-state-spam = Spam
tips-none = There is none of these.
tips-trapped = A hidden field was filled in, as machines do.
tips-decided = Decided by { $name }, { $time }
tips-accept = Make a draft of it
tips-decline = Decline
tips-spam = Spam
tips-draft = To the draft
tips-is-declined = The tip was declined. It is kept among the declined ones.
tips-is-spam = The tip was marked as spam. It is kept among the spam.
tips-waiting = { $n ->
    [one] { $n } new tip from the public
   *[other] { $n } new tips from the public
}
tips-said = A reader wrote this in a tip. It is not published.
problem-nothing-said = Say something or give a link: one of the two is enough.
