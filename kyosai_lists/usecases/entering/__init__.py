"""What a clerk is told by telephone or on paper: stops and applications, each an import of its own."""
