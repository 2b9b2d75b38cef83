"""One prefecture's branch, person by person: rosters in Excel, mixed dates, the mistakes that clerks make."""
