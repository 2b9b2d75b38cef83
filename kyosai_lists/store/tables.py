"""The tables. Rows of a person or a contract are keyed by `<県コード>-<number>`, so that two prefectures never meet.

A key column (`member_key`, `contract_key`, `type_key`, `riders_key`) holds the normalised form (`text.match_key`);
`member_no`, `contract_no`, `type` and `riders` beside it are stored exactly as they came. A contract may name a member who is not here yet: it then waits, on no list,
until the member arrives; so there is no foreign key from contracts to members. Dates are DATE (ISO text in SQLite).
"""

import sqlalchemy as sa

from kyosai_lists.store.columns import metadata
from kyosai_lists.store.columns import text as _text
from kyosai_lists.store.ledger_tables import LEDGER_TABLES

__all__ = ["LEDGER_TABLES", "metadata"]


def _import_id() -> sa.Column[int]:
    """The import that last changed the row."""
    return sa.Column("import_id", sa.ForeignKey("imports.id"), nullable=False)


# `reversible`: false for those made before `changes` was kept.
imports = sa.Table(
    "imports",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("taken_in_on", sa.Date, nullable=False),
    sa.Column("undone_on", sa.Date),
    sa.Column("reversible", sa.Boolean, nullable=False, server_default=sa.false()),
)

# `whole`: false for rows that were picked out, from a 保留 workbook or typed in; they say nothing of how many there are.
import_files = sa.Table(
    "import_files",
    metadata,
    sa.Column("import_id", sa.ForeignKey("imports.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    _text("name", nullable=False),
    _text("sha256", nullable=False),
    _text("layout", nullable=False),
    _text("encoding", nullable=False),
    sa.Column("whole", sa.Boolean, nullable=False, server_default=sa.true()),
    *(
        sa.Column(fate, sa.Integer, nullable=False)
        for fate in ("read", "new", "changed", "unchanged", "duplicate", "quarantined", "held")
    ),
)

unions = sa.Table(
    "unions",
    metadata,
    _text("union_code", primary_key=True),
    _text("pref", nullable=False),
    _text("name", nullable=False),
    _text("kind"),
    _text("sogo_participation"),
    _text("group_life_menu"),
    _text("cali_agreement"),
    _text("model_union"),
    sa.Column("renewal_campaign_on", sa.Date),
    _text("contact_name"),
    _text("contact_mail"),
    _import_id(),
)

# The newest date that a union's roster said it was of.
rosters = sa.Table(
    "rosters",
    metadata,
    sa.Column("union_code", sa.ForeignKey("unions.union_code"), primary_key=True),
    sa.Column("as_of", sa.Date, nullable=False),
    _import_id(),
)

members = sa.Table(
    "members",
    metadata,
    _text("member_key", primary_key=True),
    _text("pref", nullable=False),
    _text("member_no", nullable=False),
    sa.Column("union_code", sa.ForeignKey("unions.union_code"), nullable=False, index=True),
    _text("workplace"),
    sa.Column("workplace_order", sa.Integer),
    _text("name", nullable=False),
    _text("kana"),
    sa.Column("born_on", sa.Date, nullable=False),
    _text("sex"),
    sa.Column("hired_on", sa.Date, nullable=False),
    _text("employment", nullable=False),
    _text("status", nullable=False),
    sa.Column("leaving_planned_on", sa.Date),
    _text("after_leaving"),
    _text("householder"),
    _text("spouse"),
    sa.Column("children", sa.Integer),
    sa.Column("youngest_born_on", sa.Date),
    _text("dwelling"),
    _text("union_role"),
    _text("postal_code"),
    _text("address"),
    _text("extension"),
    _text("phone"),
    _text("mobile"),
    _text("mail"),
    _import_id(),
)

contracts = sa.Table(
    "contracts",
    metadata,
    _text("contract_key", primary_key=True),
    _text("pref", nullable=False),
    _text("contract_no", nullable=False),
    _text("member_key", nullable=False),
    _text("member_no", nullable=False),
    _text("product", nullable=False),
    _text("type"),
    _text("type_key"),
    _text("insured"),
    sa.Column("units", sa.Integer),
    sa.Column("premium", sa.Integer),
    sa.Column("effective_on", sa.Date, nullable=False),
    sa.Column("renews_on", sa.Date),
    sa.Column("ended_on", sa.Date),
    _text("end_reason"),
    _text("main_contract_no"),
    _text("main_contract_key"),
    _text("riders"),
    _text("riders_key"),
    sa.Column("inspection_on", sa.Date),
    _import_id(),
    sa.Index("ix_contracts_member_product", "member_key", "product"),
    sa.Index("ix_contracts_main", "main_contract_key"),
)

# `contract_key`: the contract that came of it; until there is one, and unless it was withdrawn, the person counts as having it.
applications = sa.Table(
    "applications",
    metadata,
    _text("member_key", primary_key=True),
    _text("product", primary_key=True),
    sa.Column("received_on", sa.Date, primary_key=True),
    _text("pref", nullable=False),
    _text("member_no", nullable=False),
    _text("state", nullable=False),
    _text("main_contract_no"),
    _text("main_contract_key"),
    _text("type"),
    _text("type_key"),
    _text("contract_key"),
    _import_id(),
    sa.Index("ix_applications_main", "main_contract_key"),
)

# `product` "" stops everything. A stop for a number that is not a member yet is kept and obeyed later.
suppressions = sa.Table(
    "suppressions",
    metadata,
    _text("member_key", primary_key=True),
    _text("product", primary_key=True),
    _text("pref", nullable=False),
    _text("member_no", nullable=False),
    sa.Column("starts_on", sa.Date),
    sa.Column("ends_on", sa.Date),
    _text("reason"),
    _import_id(),
)

campaigns = sa.Table(
    "campaigns",
    metadata,
    _text("code", primary_key=True),
    _text("name", nullable=False),
    _text("kind", nullable=False),
    _text("pref"),
    _text("union_codes"),
    sa.Column("starts_on", sa.Date),
    sa.Column("ends_on", sa.Date, nullable=False),
    sa.Column("days_ahead", sa.Integer),
    _text("list_ids", nullable=False),
    _import_id(),
)

targets = sa.Table(
    "targets",
    metadata,
    sa.Column("business_year", sa.Integer, primary_key=True),
    _text("pref", primary_key=True),
    _text("union_code", primary_key=True),
    _text("product", primary_key=True),
    _text("kind", primary_key=True),
    _text("measure", primary_key=True),
    _text("round", primary_key=True),
    sa.Column("value", sa.BigInteger, nullable=False),
    _import_id(),
)

guides = sa.Table(
    "guides",
    metadata,
    _text("kind", primary_key=True),
    sa.Column("age_from", sa.Integer, primary_key=True),
    sa.Column("age_to", sa.Integer, primary_key=True),
    _text("family_size", primary_key=True),
    _text("dwelling", primary_key=True),
    sa.Column("units", sa.Integer, nullable=False),
    _import_id(),
)

# 保留: a row that could not be taken in, with everything needed to mend it. Open while `resolved_by` is empty.
# `record_key` is the row's key as far as it could be read; `member_key` the person it speaks of, "" when unreadable;
# a member number whose prefecture is unclear stands as "??-<number>" and holds back everyone with that number.
quarantine = sa.Table(
    "quarantine",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("import_id", sa.ForeignKey("imports.id"), nullable=False),
    _text("layout", nullable=False),
    _text("file", nullable=False),
    _text("sheet", nullable=False),
    sa.Column("row", sa.Integer, nullable=False),
    _text("record_key", nullable=False),
    _text("member_key", nullable=False),
    _text("problems", nullable=False),
    _text("raw", nullable=False),
    sa.Column("resolved_by", sa.ForeignKey("imports.id")),
    sa.Index("ix_quarantine_record", "layout", "record_key"),
)

# What an import changed in rows that were there before it, a line for each field: `before` and `after` are canonical text,
# "" for an empty cell; `before_import_id` is the import that the row came from until then. A row that an import
# brought new has no line here. `record_key`: the row's primary key, its parts joined by TAB, which no key holds.
changes = sa.Table(
    "changes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("import_id", sa.ForeignKey("imports.id"), nullable=False, index=True),
    sa.Column("before_import_id", sa.ForeignKey("imports.id"), nullable=False, index=True),
    _text("table_name", nullable=False),
    _text("record_key", nullable=False),
    _text("member_key", nullable=False, index=True),
    _text("field", nullable=False),
    _text("before", nullable=False),
    _text("after", nullable=False),
)

# A later import that found rows of an earlier one, or its rows on 保留, and said the same: it builds on that one.
confirmations = sa.Table(
    "confirmations",
    metadata,
    sa.Column("import_id", sa.ForeignKey("imports.id"), primary_key=True),
    sa.Column("earlier_import_id", sa.ForeignKey("imports.id"), primary_key=True, index=True),
)
