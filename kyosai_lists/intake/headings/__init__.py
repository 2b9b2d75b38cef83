"""A sheet → which layout it has, where its header stands and which column is which."""
