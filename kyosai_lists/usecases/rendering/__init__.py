"""Workbooks made, sealed and opened again: by this process, by several, or on other machines.

Memory: beyond the run's frames, what is under way. A worker holds one portion (`stamp.batches.ROWS` rows of people and lists, or
one union's if those are more), the asking process two for each worker, as they travel; finished files are written at once.
Measured for 2,595 unions (222,000 people, 260,000 rows of lists, 87 MB of frames; a Python with the libraries is 115 MB):
alone 370 MB, by two processes 270 MB and 250 MB in each. More unions add their frames, about 180 bytes a row, and nothing else.
"""
