"""One module for each thing the program does. A use case owns the transaction and the order of things, and prints nothing."""
