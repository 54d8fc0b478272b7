"""What mends a reading once it was read."""
