"""Dark links (暗链) and tampering: what is hidden, whose it is, what it advertises."""
