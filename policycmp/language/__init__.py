"""Chinese policy language: words, places made equal, graded wording."""
