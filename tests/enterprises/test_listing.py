"""Finding firms: fragments, codes, pinyin, pages that never skip or repeat."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qinqing.enterprises import listing, places, queues, reads
from qinqing.enterprises.actions import files
from qinqing.enterprises.listing import Filters
from tests.enterprises.text import wide
from tests.enterprises.town import Town, code
from tests.people.world import NOW


@pytest.fixture
def firms(town: Town) -> Town:
    town.firm("演示车灯有限公司", short="演灯")
    town.firm("演示（孟河）汽配厂", "v2")
    town.firm("演示模具厂", uscc="320407000006814")
    town.firm("演示ABC塑料厂")
    return town


def names(town: Town, text: str, filters: Filters | None = None) -> list[str]:
    return [row.name for row in listing.search(town.clerk, text, filters).rows]


class TestSearch:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("车灯", ["演示车灯有限公司"]),
            ("灯", ["演示车灯有限公司"]),
            ("演灯", ["演示车灯有限公司"]),
            ("yscd", ["演示车灯有限公司"]),
            ("CD", ["演示车灯有限公司"]),
            ("(孟河)汽配", ["演示（孟河）汽配厂"]),
            ("孟河汽配", ["演示（孟河）汽配厂"]),
            ("演示 汽配", ["演示（孟河）汽配厂"]),
            ("3204070000", ["演示模具厂"]),
            ("abc塑料", ["演示ABC塑料厂"]),
            (wide("ABC"), ["演示ABC塑料厂"]),
            (code(1), ["演示车灯有限公司"]),
            (code(1)[-8:].lower(), ["演示车灯有限公司"]),
            ("不存在", []),
            ("%", []),
            ("_", []),
            ("' OR 1=1 --", []),
        ],
    )
    def test_by(self, firms: Town, text: str, found: list[str]) -> None:
        assert names(firms, text) == found

    def test_nothing_typed_is_everything_in_pinyin_order(self, firms: Town) -> None:
        assert names(firms, "") == ["演示ABC塑料厂", "演示车灯有限公司", "演示（孟河）汽配厂", "演示模具厂"]

    def test_filters_narrow(self, firms: Town) -> None:
        assert names(firms, "", Filters(community_id=firms.office("v2"))) == ["演示（孟河）汽配厂"]
        assert names(firms, "", Filters(status="halted")) == []
        assert len(names(firms, "", Filters(status="active"))) == 4
        assert names(firms, "", Filters(only_key=True)) == []

    @settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(text=st.text(max_size=120))
    def test_never_falls_over(self, firms: Town, text: str) -> None:
        listing.search(firms.clerk, text, after=text)


class TestPages:
    @pytest.mark.parametrize("size", [1, 2, 3])
    def test_every_firm_once(self, firms: Town, size: int) -> None:
        firms.firm("演示车灯有限公司", "v2", uscc=code(77))
        found: list[str] = []
        after = ""
        while True:
            page = listing.search(firms.clerk, after=after, size=size)
            found += [row.number for row in page.rows]
            after = page.after
            if not after:
                break
        assert len(found) == len(set(found)) == 5

    @pytest.mark.parametrize("after", ["x", "-1", "99999999999999999999", "bnVsbA", "WyJ5IiwgLTFd", "W10", "\x00"])
    def test_a_made_up_cursor_begins_at_the_start(self, firms: Town, after: str) -> None:
        assert len(listing.search(firms.clerk, after=after).rows) == 4

    def test_size_is_kept_in_bounds(self, firms: Town) -> None:
        assert len(listing.search(firms.clerk, size=-5).rows) == 1
        assert len(listing.search(firms.clerk, size=10**9).rows) == 4


@pytest.mark.clause("附1-(2)b")
def test_files_nobody_confirmed_for_half_a_year_are_listed(firms: Town) -> None:
    later = NOW + timedelta(days=181)
    assert queues.stale(firms.clerk, NOW).count() == 0
    assert queues.stale(firms.clerk, later).count() == 4
    first = queues.stale(firms.clerk, later)[0]
    files.confirm_verified(enterprise_id=first.pk, by=firms.clerk, at=later)
    assert queues.stale(firms.clerk, later).count() == 3
    assert queues.counts(firms.clerk, later).stale == 3


class TestPlaces:
    TOWN = (
        places.Place(1, "tongjiang", "通江村村委会", "通江村"),
        places.Place(2, "mengcheng", "孟城社区居委会", "孟城社区"),
        places.Place(3, "yinhe", "银河村村委会", "银河村"),
    )

    @pytest.mark.parametrize("typed", ["通江村村委会", "通江村", "通江", "tongjiang", " 通江 村 "])
    def test_its_own_name_decides(self, typed: str) -> None:
        found = places.exact(typed, self.TOWN)
        assert found is not None
        assert found.id == 1

    @pytest.mark.parametrize("typed", ["", "村", "社区", "严桥村", "孟河镇通江村"])
    def test_anything_else_does_not(self, typed: str) -> None:
        assert places.exact(typed, self.TOWN) is None

    def test_an_address_suggests(self) -> None:
        found = places.suggest("新北区孟河镇银河村88号", self.TOWN)
        assert found is not None
        assert found.id == 3

    @pytest.mark.parametrize("address", ["孟河镇银河路1号", "银河村与通江村交界", "", "小河工业园"])
    def test_a_street_or_two_villages_do_not(self, address: str) -> None:
        assert places.suggest(address, self.TOWN) is None


class TestGaps:
    def test_narrow_the_list(self, firms: Town) -> None:
        later = NOW + timedelta(days=181)
        assert names(firms, "", Filters(gap="community")) == []
        assert len(names(firms, "", Filters(gap="contact"))) == 4
        assert len(names(firms, "", Filters(gap="stale", at=later))) == 4
        assert names(firms, "", Filters(gap="stale", at=NOW)) == []

    def test_lead_officers_of_a_page_in_one_statement(self, firms: Town, django_assert_num_queries: Any) -> None:
        first, second = (reads.visible_to(firms.clerk).get(name=name) for name in ("演示车灯有限公司", "演示模具厂"))
        firms.officer("甲", first)
        with django_assert_num_queries(1):
            assert listing.leads([first.pk, second.pk]) == {first.pk: "演示甲"}
