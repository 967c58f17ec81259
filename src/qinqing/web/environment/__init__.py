"""环保档案: one enterprise's card and papers, and the lists of what is missing or due."""
