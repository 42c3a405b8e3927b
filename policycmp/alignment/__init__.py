"""Which passage corresponds to which: likeness from several sides, and the choice among them."""
