"""Questions that change nothing: lists and why, a person and everything stored."""
