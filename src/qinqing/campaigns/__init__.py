"""专项行动: a list of enterprises, frozen when it opens, to be visited within a period; progress is read off the visits."""
