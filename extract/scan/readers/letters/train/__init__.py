"""How the weights of the letter reader are made: texts, their worn prints, a network.

Needs the `train` extra (PyTorch). Nothing here is imported when reading.
"""
