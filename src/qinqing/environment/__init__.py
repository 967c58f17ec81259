"""环保档案: what an enterprise emits and by which papers, its agreements, self-monitoring and 执行报告."""
