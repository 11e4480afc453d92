"""Plots as SVG, for pages that ask nobody for anything. Importing `figures` loads matplotlib; nothing else does."""
