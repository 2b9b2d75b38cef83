"""Lists out: one workbook per union, whole or not at all."""
