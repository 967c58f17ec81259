"""Words of the map."""

from qinqing.kernel.choices import Words


class Place(Words):
    """What an outline is of."""

    COMMUNITY = "community", "村（社区）"
    PARK = "park", "园区"
