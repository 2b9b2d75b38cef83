"""A file of any shape → rows that can be trusted, rows that cannot with reasons, and remarks. Enter by `read.read_file`."""
