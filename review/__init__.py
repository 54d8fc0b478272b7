"""The page on which a reviewer clears a run's flags."""
