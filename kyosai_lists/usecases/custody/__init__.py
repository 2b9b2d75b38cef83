"""Workbooks out of the branch's hands: where each is, what came back, which people are no longer to be approached, delivery."""
