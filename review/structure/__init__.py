"""Tables put right by a person: rows and columns, readings, headers, what is a table at all.

`operations` says what may be done, `reshape` does it to one table (`frame`) whose rows and columns keep their
names, `draft` plays the decisions of a document over it in the order in which they were made.
"""
