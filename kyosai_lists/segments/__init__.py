"""From `queries/*.sql` to people: a checked rule, a date, a frame, and the reason for every single person."""
