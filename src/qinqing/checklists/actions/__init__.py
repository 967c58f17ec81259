"""What changes checklists: taking a version in, publishing, retiring, dropping, setting up a town's lists."""

from qinqing.checklists.actions.settling import settle as settle
from qinqing.checklists.actions.versions import drop as drop
from qinqing.checklists.actions.versions import prepare as prepare
from qinqing.checklists.actions.versions import publish as publish
from qinqing.checklists.actions.versions import retire as retire
