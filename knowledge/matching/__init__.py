"""Which form does a text mean? Matching over the catalogue and the wording people use."""

from knowledge.matching.keeping import Shelf
from knowledge.matching.matcher import Matcher
from knowledge.matching.model import Candidate, Decision, Match, Reason, SplitQuestion
from knowledge.matching.wording import FormWording, Wording, load_wording

__all__ = [
    "Candidate",
    "Decision",
    "FormWording",
    "Match",
    "Matcher",
    "Reason",
    "Shelf",
    "SplitQuestion",
    "Wording",
    "load_wording",
]
