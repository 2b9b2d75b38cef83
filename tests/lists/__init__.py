"""Who may be approached, what is said of them, and in what order they stand: pure, so no database and no Excel."""
