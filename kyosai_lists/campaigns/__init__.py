"""募集: what is called for, when, and of whom. Pure."""
