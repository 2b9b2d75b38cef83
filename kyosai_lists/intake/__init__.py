"""A file of any shape → rows that can be trusted, rows that cannot with reasons, and remarks. Enter by `read.read_file`.

opening (bytes → sheets) → headings (what each column is) → rows (values, and what is wrong) → accepting (against the store).
"""
