"""Stamps finished workbooks out of a compiled template: whole frames in, the bytes of each union's .xlsx out.

The format it writes: docs/stamping.md. Nothing here knows openpyxl; `workbook.specimen` says what the template looks like.
"""
