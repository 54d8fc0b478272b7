"""The letter reader: a network of our own that reads lines of Vietnamese print, worn print above all."""
