"""The full-text tables of `cases.search`, one dialect a database."""

from typing import Any

from django.db import migrations

FORWARD = {
    "sqlite": ["CREATE VIRTUAL TABLE cases_search USING fts5(tokens, tokenize='unicode61 remove_diacritics 0')"],
    "postgresql": [
        "CREATE TABLE cases_search (case_id bigint PRIMARY KEY REFERENCES cases_case(id) DEFERRABLE INITIALLY DEFERRED, tokens tsvector NOT NULL)",
        "CREATE INDEX cases_search_tokens ON cases_search USING gin (tokens) WITH (fastupdate = off)",
    ],
}


def forward(apps: Any, editor: Any) -> None:
    for statement in FORWARD[editor.connection.vendor]:
        editor.execute(statement)


def backward(apps: Any, editor: Any) -> None:
    editor.execute("DROP TABLE cases_search")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
