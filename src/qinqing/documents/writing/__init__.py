"""Drawing a paper: as .docx, as PDF."""
