"""Backup and restore of an installation: one checked file, made while the bot runs."""
