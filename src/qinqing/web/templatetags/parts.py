"""The parts pages are made of. A part is a function: its signature says what it needs, its docstring what it is for.

Builtin in every template, no `{% load %}`. A missing or misspelt argument fails when the template is loaded. Wrappers
(`{% card %}…{% endcard %}`) take what stands between their tags. All of them, in every tone, are shown on /parts/.
"""

from django import template

from qinqing.web.parts import blocks, charts, forms, matter, signs
from qinqing.web.parts.blocks import Tab

__all__ = ["Tab", "register"]

register = template.Library()
for _library in (signs.register, blocks.register, charts.register, matter.register, forms.register):
    register.tags.update(_library.tags)
    register.filters.update(_library.filters)
