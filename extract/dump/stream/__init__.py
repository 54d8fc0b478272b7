"""Tables of dumps whose lines hold a row's words one after the other, the places of columns lost."""
