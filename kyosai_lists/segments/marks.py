"""The marks of a rule: `{column}` in its sentences, `:name` in its SQL."""

import re

# What the lists room adds for the sentences, beside the columns of `people` and of the rule itself.
SENTENCE_EXTRAS = ("contract_names", "contract_count", "renewal_month")
# What may stand in a hint, which goes round a workplace: nothing of birth, leaving, telephone or contracts held.
HARMLESS = ("hired_year_no", "hired_fiscal_year", "renewal_month")
IN_SENTENCE = re.compile(r"\{(\w+)\}")
BOUND_IN_TEXT = re.compile(r"(?<![:\w\\]):(\w+)(?!:)")  # what would be bound even inside quotes
