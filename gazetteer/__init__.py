"""Administrative units through time: names to codes as of a day, and what became of each unit."""

from gazetteer.gazetteer import Gazetteer

__all__ = ["Gazetteer"]
