"""A branch's own rules: checking them, starting one, and the role that runs them on a server."""
