"""Who of the matched people may be approached, in one row each, in the order in which an officer goes round. Pure: frames in, frames out."""
