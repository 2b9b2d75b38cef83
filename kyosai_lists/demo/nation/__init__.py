"""The whole nation, a column at a time: 47 prefectures, 2,595 unions, a million people, the plan's holdings exactly.

Nothing here loops over people or contracts. What a branch and the nation share stands one room up.
"""
