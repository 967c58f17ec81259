"""What each office's cases add in some months: for whoever weighs the sums and has to show the cases behind them."""

from collections import Counter
from collections.abc import Iterable, Iterator

from qinqing.statistics.models import Line
from qinqing.statistics.words import Measure


def adds_by_case(town_id: int, months: Iterable[str]) -> Iterator[tuple[int, int, Counter[Measure]]]:
    """Yield (office, case, what it adds) of every case of every office, months told apart no more. One query.

    Source: 附1-内容-2.
    """
    rows = Line.objects.filter(town_id=town_id, month__in=list(months), office__isnull=False)
    for line in rows.order_by("office_id", "case_id").iterator(chunk_size=2000):
        yield line.office_id or 0, line.case_id, +line.counts
