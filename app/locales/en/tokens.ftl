# Tokens, by which programs act in somebody's name.
tokens-title = Tokens
tokens-lede = With a token a program of yours does at the desk what you may do, in your name.
tokens-how = How programs write
tokens-account = Programs of yours can write at the desk too, each with a token.
tokens-own = Your tokens
tokens-none = There is none that is good.
tokens-ended = { $n ->
    [one] { $n } that has ended
   *[other] { $n } that have ended
}
tokens-others = Tokens of others
tokens-others-text = Who is let in no longer, or gets a link for a new password and uses it, loses their tokens with it.
token-new = A new token
token-name = What it is for
token-name-hint = Words by which you know it again: “Watches the gazette”.
token-scopes = What it is good for
token-scopes-hint = Never for more than your role allows at the moment it is used.
token-days = For how long
token-lasts = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
token-make = Make the token
token-until = good until
token-expired = ran out on
token-revoked = revoked on
token-used = last used on
token-unused = never used
token-revoke = Revoke
token-did = What it did
token-is-ended = The token is revoked. It is good for nothing any more.
token-made-title = Your new token
token-made-text = “{ $name }” can act in your name with this:
token-made-once = It is shown only here, and never again. Whoever holds it acts as you: keep it where you keep passwords, and revoke it if it gets lost.
scope-draft = Drafts
scope-check = Checks
scope-review = Reviews
scope-may-draft = reads and writes drafts, and hands them in; nothing becomes public without a review
scope-may-check = says in public that a pledge was looked at and nothing has changed
scope-may-review = reads drafts, approves and returns them
audit-token = By token
audit-any-token = Any or none
audit-by-token = by token
api-writing = Writing
api-writing-text = Whoever may write at the desk makes a token there, and sends it as `Authorization: Bearer …`. What is written is a draft, and becomes public when somebody else has approved it: the same rules, roles and checks as at the desk. Content has the shape of the record file; each wrong field is named by its path. A draft’s `ETag` is its version: sent back as `If-Match`, it keeps two writers from overwriting one another. Requests with a cookie write nothing here.
api-writing-tokens = Tokens are made here:
api-scopes = Needs a token that is good for one of
api-sends = Sends
api-content = What is sent
api-content-of = What is sent to { $path }
api-no-answer = an answer without a body
