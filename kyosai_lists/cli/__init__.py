"""The command line: parses, calls one use case, prints. It alone reads the clock, and it alone uses typer."""
