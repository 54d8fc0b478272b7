"""Dumps whose blanks are counted in letters of the word behind them, laid out anew where the print stood."""
