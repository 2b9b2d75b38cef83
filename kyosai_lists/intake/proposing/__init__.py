"""A sheet whose headings are not understood → what its columns most likely are, and the lines for kyosai.toml."""
