"""The comparison as a page to read and a workbook to work in; both show, neither computes."""
