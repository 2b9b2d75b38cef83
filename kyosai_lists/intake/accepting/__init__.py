"""Rows of one call against what the store knows: whose they are, what contradicts, what they mend. Pure."""
