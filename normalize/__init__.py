"""From strings to typed values and repaired text: pure functions."""
