"""Bytes → sheets of text, whatever program wrote them. Nothing here knows what a heading means."""
