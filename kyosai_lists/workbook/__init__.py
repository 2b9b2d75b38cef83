"""From a template that a person edits in Excel, and frames of people, to a union's workbook: bytes, sealed and counted again."""
