"""Targets of two plans side by side: which correspond, and which way they differ."""
