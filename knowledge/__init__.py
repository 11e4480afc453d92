"""What the bot KNOWS: catalogue, checklists, glossary, guide answers, self-help, systems, and finding the right one.

Pure: reads its files when asked to, keeps no state, knows nothing of dialogs or channels.
"""
