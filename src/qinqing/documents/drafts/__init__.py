"""Drafting: from what the other folders keep to a paper's plain values. One file per kind of subject."""
