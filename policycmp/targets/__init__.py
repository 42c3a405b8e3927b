"""From text to targets: quantities, dates, what they count, and whether they are commitments."""
