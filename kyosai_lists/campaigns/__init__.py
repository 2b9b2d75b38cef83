"""募集: what is called for, when, and of whom; what is due on a day. Pure."""
