"""Are the right people on the lists? Each rule against a plain-Python reading of lists.md, on both databases."""
