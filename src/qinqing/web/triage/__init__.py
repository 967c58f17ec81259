"""Screen of the suggestions: how often they were right, and learning anew."""
