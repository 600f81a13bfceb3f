# Passages: quotes where they stand, and what a text says that may be a pledge.
read-it-there = Leerlo allí
