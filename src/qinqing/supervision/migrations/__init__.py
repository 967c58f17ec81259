"""Migrations of the supervision."""
