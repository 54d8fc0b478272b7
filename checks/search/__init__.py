"""From relations that fail to the readings that are wrong: beliefs, slips, and the search over both."""
