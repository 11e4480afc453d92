"""Runs in which everything that can go wrong does, at random and in another process than the one that counts."""
