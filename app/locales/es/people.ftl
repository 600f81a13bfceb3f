# Signing in, and the people of the desk.
