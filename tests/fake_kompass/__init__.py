"""A fake of Kompass (OpenText SMAX) over real HTTP: its answers, its refusals, and faults to order.

python -m tests.fake_kompass        serve it on this machine and print the settings that point to it
"""
