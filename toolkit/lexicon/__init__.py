"""The word lists under ``toolkit/data``, and what they tell of a word or a name."""
