"""Migrations of the consultations."""
