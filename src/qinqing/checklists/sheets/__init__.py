"""A version as .xlsx, one row an item: written for people to change, read back with each bad cell named."""

from qinqing.checklists.sheets.reading import BadCell as BadCell
from qinqing.checklists.sheets.reading import Sheet as Sheet
from qinqing.checklists.sheets.reading import read as read
from qinqing.checklists.sheets.writing import write as write
