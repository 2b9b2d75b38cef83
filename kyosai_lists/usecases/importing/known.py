"""What is known of the store's unions and members while rows come in: it tells whose the rows after them are."""

from dataclasses import replace

import polars as pl

from kyosai_lists.intake.accepting.belonging import Known
from kyosai_lists.intake.layouts import Layout
from kyosai_lists.store import tables
from kyosai_lists.store.engine import Connection
from kyosai_lists.store.load import read_text
from kyosai_lists.usecases.workspace import Workspace


def known_before(connection: Connection, workspace: Workspace) -> Known:
    return Known(
        unions=read_text(connection, tables.unions, ["union_code", "pref"]),
        members=_numbered(read_text(connection, tables.members, ["member_key", "pref"])),
        prefectures=workspace.settings.workspace.prefectures,
    )


def known_after(layout: Layout, rows: pl.DataFrame, known: Known) -> Known:
    """Unions and members tell of the rows after them whose they are. `rows`: what is taken in of `layout`, in the store or not yet."""
    if layout.id == "unions":
        new = rows.select("union_code", "pref")
        return replace(known, unions=pl.concat([known.unions.join(new, on="union_code", how="anti"), new]))
    if layout.id == "members":
        new = rows.select("member_key", "pref").join(known.members, on="member_key", how="anti")
        return replace(known, members=pl.concat([known.members, _numbered(new)]))
    return known


def _numbered(members: pl.DataFrame) -> pl.DataFrame:
    return members.with_columns(number=pl.col("member_key").str.splitn("-", 2).struct.field("field_1"))
