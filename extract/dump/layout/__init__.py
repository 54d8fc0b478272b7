"""Tables of dumps that keep the page's layout: columns stand at the same places in line after line."""
