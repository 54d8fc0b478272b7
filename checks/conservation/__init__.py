"""The net under all reading: what was seen and stands nowhere is a flag, whatever kind of file it came from.

A figure that a reader fused, tore or lost leaves a trace in the table it should stand in: a cell that fits
no column, a row with a hole beside it, a table that begins at row 8. `conservation_flags` turns such traces
into flags of kind `reading` (on a cell) and `structure` (on a row or a whole table).
"""

from checks.conservation.flags import conservation_flags

__all__ = ["conservation_flags"]
