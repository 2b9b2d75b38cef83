"""Workbooks made, sealed and opened again: by this process, by several, or on other machines.

Memory: beyond the run's frames, what is under way. A worker holds one portion (`stamp.batches.ROWS` rows of people and lists, or
one union's if those are more), the asking process two for each worker, as they travel; finished files are written at once.
The run's rows come part by part (`usecases.gathered`), and a part that was written is held no longer. Measured for 2,595 unions:
four lists (264,000 rows) 0.66 GB, all 37 lists (4.0 million rows) 1.9 GB, of which what was gathered takes 1.5 GB.
"""
