# Signing in, and the people of the desk.
sign-in = Sign in
sign-in-expired = Your session has ended. Sign in again; what you typed comes along.
sign-in-wrong = Address and password do not go together. Nothing says which of the two is wrong.
sign-in-too-many = Too many attempts. Try again in { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}; until then the right password does not help either.
sign-in-lost = Password forgotten, or no account yet? An administrator gives you a link.
code-title = One more step
code = Code
code-hint = The six digits that your authenticator app shows now, or one of your recovery codes.
code-wrong = That code does not count: it is wrong, has run out, or was used before.
signed-in-title = You are signed in
signed-in-text = What you had typed is here, and goes on its way when you continue.
signed-in-go-on = Continue
to-desk = To the desk
forbidden-title = This is not yours to do
forbidden-text = Your role does not allow it. An administrator can change that.
not-at-desk-text = Nothing is at this address of the desk. It may have been dealt with in the meantime.
overtaken-title = Somebody was faster
overtaken-text = What you were about to change is no longer as you saw it. Go back, reload, and look again.
cross-site-title = This did not come from here
cross-site-text = Another site’s page tried to do something in your name. It was refused, and nothing has changed. If you came from a page of this site, reload it and try again.
person-name = Name
person-name-hint = For your colleagues. It never appears in public.
person-email = E-mail address
person-role = Role
person-disable = Let in no longer
password = Password
password-now = Your password now
password-again = The same password again
password-hint = At least 12 characters; several words make a good one. No rules about digits or signs.
password-set = Set the password
set-up-title = The first administrator
set-up-text = Nobody can sign in yet. Whoever fills this in looks after the desk and invites the others.
set-up-do = Open the desk
invited-title = Welcome to the desk
reset-title = A new password
reset-both-text = The second factor is turned off with it. Turn it on again afterwards, under your name.
link-for = This link is for { $name } ({ $email }) and works once.
link-gone-title = This link no longer works
link-gone-text = It was used, has run out, or was replaced by a newer one. An administrator can make another; without one, start the server anew and use the link that it prints.
problem-not-an-email = “{ $given }” is not an e-mail address; accepted: name@example.org
problem-too-short = is { $length } characters long; at least { $least } are needed
problem-too-common = is among the passwords that are tried first; choose one that nobody else has
problem-names-you = is your own name or address, which are tried first
problem-differs = is not what was typed before
problem-not-right = is not right
problem-last-administrator = this is the last administrator who can sign in; somebody else must be one first

## The list of people
people-lede = Everybody who may come to the desk. Their names are for one another; in public they appear as the organisation.
person-is-in = signs in with a password
person-is-in-with-code = signs in with a password and a code
person-is-invited = invited; has not come yet
person-is-disabled = is not let in
person-change-role = Change role
person-make-link = Link for a new password
person-enable = Let in again
reset-both-too = the second factor is lost too
invite-title = Invite somebody
invite-text = You get a link that works once. No mail server is set up: hand the link over yourself.
invite-do = Make the invitation
desk-role-may-contributor = writes drafts of new pledges
desk-role-may-editor = changes what is public too, sorts tips, imports
desk-role-may-reviewer = approves what others wrote, and publishes it
desk-role-may-administrator = looks after people and tokens, reads the log
link-made-title = Hand over this link
link-made-invite = { $name } ({ $email }) can choose a password with it and come to the desk.
link-made-reset = { $name } ({ $email }) can choose a new password with it. Older links for the same person no longer work.
link-made-once = It is shown only here, and works once.
link-valid-a-day = It can be used for 24 hours.
link-valid-days = It can be used for { $n } days.
link-no-mail = Nothing was mailed, for no mail server is set up. Whoever holds it can sign in as this person, so choose a safe way.

## One's own account
account-title = Your account
password-change = Change the password
password-changed = The password is changed. You are signed out everywhere else.
factor-title = Second factor
factor-is-off = Besides your password, signing in can ask for a code that an app on your telephone shows. A stolen password is then not enough.
factor-begin = Turn it on
factor-offer = Let an authenticator app read this code, or type the secret into it. Then enter the six digits that it shows.
factor-qr = Square code with the secret, for the camera of an authenticator app
factor-secret = Secret:
factor-open-app = Open in an authenticator app on this device
factor-code-hint = The six digits that the app shows now. From then on signing in asks for one.
factor-prove = Turn it on with this code
factor-is-on = Signing in asks for a code, since
factor-codes-left = { $n ->
    [one] { $n } recovery code is left.
   *[other] { $n } recovery codes are left.
}
factor-new-codes = Make new recovery codes
factor-end = Turn the second factor off
factor-ended = The second factor is off. Signing in asks for the password alone.
codes-title = Your recovery codes
codes-text = Each works once in place of a code, on the day your telephone is lost. They are shown only now: print them, or keep them where you keep your passwords.
sessions-title = Sessions
sessions-text = You are signed in on this device, and perhaps on others. A session ends after 12 hours without use, and after 7 days in any case.
sessions-end = Sign out everywhere

## The log
audit-title = The log
audit-lede = Who did what at the desk, the newest first. Nothing in it can be changed.
audit-when = When
audit-who = Who
audit-what = What
audit-whom = To what
audit-detail = Besides
audit-from = From
audit-until = Until
audit-anybody = Anybody
audit-any-act = Anything
audit-nobody = nobody signed in, or the command line
audit-none = Nothing of this kind was done.
audit-older = Older entries
audit-newest = Newest entries
audit-csv = All of these as CSV
