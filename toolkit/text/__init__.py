"""How an article's text stands: its body, its paragraphs and sentences, and the tree of each."""
