"""Everything fetched of visits, duties, announced visits and references to 行政检查."""

from qinqing.patrol.reads.guard import guard as guard
