"""What is typed: each command parses, calls one use case, hands what it returns to `show`."""
