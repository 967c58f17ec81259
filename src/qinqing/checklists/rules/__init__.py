"""Pure decisions about checklists: what a version says, whether it is in order, how two differ, who needs which."""

from qinqing.checklists.rules.needed import needed as needed
