"""Everything that changes visits, duties, announced visits and references to 行政检查."""

from qinqing.patrol.actions.duties import open_duties as open_duties
from qinqing.patrol.actions.taking import take_in as take_in
from qinqing.patrol.actions.visits import amend as amend
