"""Kompass (OpenText SMAX) as a case system: cases opened exactly once, followed to the end.

Pure       requests, filters (what is sent) and answers, html (what comes back and what it means)
Thin       session (token), breaker (is it down?), client (the only one that touches the network)
Meaning    names, persons, opening, exactly_once, comments; adapter is the port itself
"""
