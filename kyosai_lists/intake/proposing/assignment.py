"""Who gets what, as a whole: the assignment with the greatest sum (Kuhn 1955, in the form with potentials)."""

from math import inf


def best_assignment(scores: list[list[float]]) -> list[int | None]:
    """For each row of `scores` the column it gets; no column twice. A row goes without where nothing above 0 is left for it."""
    if not scores:
        return []
    rows, columns = len(scores), len(scores[0])
    # One empty-handed place for each row, worth 0.
    costs = [[-max(score, -1.0) for score in row] + [0.0] * rows for row in scores]
    taken = _cheapest(costs, rows, columns + rows)
    return [column if column < columns and scores[row][column] > 0 else None for row, column in enumerate(taken)]


def _cheapest(costs: list[list[float]], rows: int, width: int) -> list[int]:
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (width + 1)
    owner = [0] * (width + 1)  # rows and columns count from 1; 0 is nobody
    for row in range(1, rows + 1):
        owner[0] = row
        came_from = _shortest_path(costs, owner, row_price, column_price)
        column = came_from.pop()
        while column:
            owner[column] = owner[came_from[column]]
            column = came_from[column]
    taken = [0] * rows
    for column in range(1, width + 1):
        if owner[column]:
            taken[owner[column] - 1] = column - 1
    return taken


def _shortest_path(
    costs: list[list[float]], owner: list[int], row_price: list[float], column_price: list[float]
) -> list[int]:
    """For each column the one before it on the way there; the last element is the free column that was reached."""
    width = len(owner)
    distance, came_from, seen = [inf] * width, [0] * width, [False] * width
    here = 0
    while owner[here]:
        seen[here] = True
        row, step, nearest = owner[here], inf, 0
        for column in range(1, width):
            if seen[column]:
                continue
            cost = costs[row - 1][column - 1] - row_price[row] - column_price[column]
            if cost < distance[column]:
                distance[column], came_from[column] = cost, here
            if distance[column] < step:
                step, nearest = distance[column], column
        for column in range(width):
            if seen[column]:
                row_price[owner[column]] += step
                column_price[column] -= step
            else:
                distance[column] -= step
        here = nearest
    return [*came_from, here]
