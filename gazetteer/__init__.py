"""Administrative units of Vietnam through time, and which of them a name means."""
