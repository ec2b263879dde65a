"""The use cases, one file each. The terminal and the web call these; no rule lives above them."""
