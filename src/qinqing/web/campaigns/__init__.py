"""Screens of special campaigns."""
