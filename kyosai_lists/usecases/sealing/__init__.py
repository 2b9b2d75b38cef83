"""The passwords that a branch makes for its unions: kept where only their owner can read them, told by a channel of their own."""
