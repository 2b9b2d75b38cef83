"""The 台帳 (ledger), pure: what an entry says, how entries are chained, how a run's rows are frozen and come back."""
