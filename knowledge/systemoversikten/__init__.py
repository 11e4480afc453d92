"""Systemoversikten's bulk tables read into our own systems.

fields   one value of a row, missing or odd
names    aliases and hosts
joining  the tables checked and joined into systems
"""

from knowledge.systemoversikten.joining import FORVALTERE, TABLES, Operators, Overview, check_table, read_overview

__all__ = ["FORVALTERE", "TABLES", "Operators", "Overview", "check_table", "read_overview"]
