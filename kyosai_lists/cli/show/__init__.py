"""How answers look: on the terminal, or as one JSON document."""
