"""Workbooks made, sealed and opened again: by this process, by several, or on other machines."""
