"""募集 as they come due: the calendar, issuing what is due once each, what is asked of the branch about them."""
