"""Which column is what: headings as towns, registers and other systems write them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from qinqing.enterprises.imports.tables import MOST_COLUMNS, MOST_ROWS, Table
from qinqing.kernel.errors import Refused

_LOOK_IN = 20
KNOWN: dict[str, str] = {
    "name": "企业名称 单位名称 名称 公司名称 企业名 市场主体名称 经营主体名称 name enterprise company enterprise_name",
    "uscc": "统一社会信用代码 社会信用代码 信用代码 统一信用代码 统一代码 代码 营业执照号 uscc credit_code code social_credit_code",
    "old_number": "注册号 工商注册号 原注册号 原15位注册号 营业执照注册号 old_number reg_no registration_number",
    "short": "简称 企业简称 short short_name",
    "kind": "类型 企业类型 主体类型 市场主体类型 登记类型 kind type",
    "status": "状态 经营状态 登记状态 企业状态 status",
    "registered_on": "成立日期 注册日期 成立时间 注册时间 登记日期 registered_on established registered_date",
    "capital": "注册资本 注册资金 capital registered_capital",
    "business_scope": "经营范围 主营业务 主要产品 business_scope scope",
    "registered_address": "注册地址 住所 地址 登记地址 企业地址 address registered_address",
    "production_address": "生产经营地址 经营地址 生产地址 实际经营地址 实际地址 经营场所 production_address",
    "community": "属地 村社区 所属村 所属社区 所属村社区 属地村社区 村 社区 所在村 所在村社区 属地村 village community",
    "park": "园区 工业园区 所在园区 park",
    "industry": "行业代码 国民经济行业代码 行业 行业分类 industry industry_code",
    "scale": "规模 规上规下 是否规上 企业规模 scale size",
    "scale_year": "规模认定年度 规模年度 入库年度 scale_year",
    "tags": "特征标签 重点行业标签 标签 重点类别 tags",
    "is_key": "重点行业领域 是否重点 重点企业 是否重点行业领域 is_key",
    "workers": "从业人数 职工人数 员工人数 用工人数 人数 workers employees",
    "land_mu": "占地 占地面积 占地亩 用地面积 land_mu",
    "floor_m2": "建筑面积 厂房面积 floor_m2",
    "ownership": "用房 厂房性质 产权性质 自有租赁 ownership",
    "landlord": "房东 出租方 landlord",
    "legal_person": "法定代表人 法人 法人代表 经营者 投资人 legal_person legal_representative",
    "contact": "联系人 企业联系人 联系人姓名 contact contact_name",
    "phone": "联系电话 电话 手机 手机号 手机号码 联系方式 联系人电话 phone mobile tel",
    "note": "备注 说明 note remark",
    "": "序号 编号 城市 city no id 省 市 区 县 镇 街道 所属镇 邮编",
}
"""Field → headings in any spelling; the empty field is known and not kept."""
_FIELD_OF = {word: field for field, words in KNOWN.items() for word in words.split()}


@dataclass(frozen=True)
class Headings:
    """Where the columns of a sheet are.

    Attributes:
        table: the sheet.
        row: number of the heading row, counted from 1.
        columns: place (from 0) → field.
        titles: place → heading as written, for messages.
        ignored: headings that mean nothing to us.
    """

    table: Table
    row: int
    columns: dict[int, str]
    titles: dict[int, str]
    ignored: list[str]


def field_of(title: str) -> str | None:
    """Return the field a heading means, "" for one known and not kept, None for an unknown one."""
    text = unicodedata.normalize("NFKC", title).lower()
    text = re.sub(r"[\s*:、/·\"'“”]+", "", text.replace("必填", "").replace("选填", ""))
    for candidate in (re.sub(r"[()\[\]【】]", "", text), re.sub(r"\(.*?\)|\[.*?\]|【.*?】", "", text)):
        if candidate in _FIELD_OF:
            return _FIELD_OF[candidate]
    return None


def locate(tables: Sequence[Table]) -> Headings:
    """Return the first sheet and row that has a column of names; a title above the headings is passed over.

    Raises:
        Refused: no such row, two columns for one field, no rows under it, or too many.
    """
    for table in tables:
        for at, cells in enumerate(table.rows[:_LOOK_IN]):
            fields = [field_of(cell) if cell.strip() else None for cell in cells]
            if "name" in fields and (len(cells) == 1 or sum(field is not None for field in fields) >= 2):
                return _headings(table, at, cells, fields)
    names = "、".join(KNOWN["name"].split()[:5])
    raise Refused("no_headings", f"没有找到表头：前{_LOOK_IN}行里要有一行写明“{names}”之一和其他列名。", field="file")


def _headings(table: Table, at: int, cells: Sequence[str], fields: Sequence[str | None]) -> Headings:
    if len(cells) > MOST_COLUMNS:
        raise Refused("too_many_columns", f"列数超过{MOST_COLUMNS}，请只保留需要的列。", field="file")
    columns = {place: field for place, field in enumerate(fields) if field}
    twice = sorted({field for field in columns.values() if list(columns.values()).count(field) > 1})
    if twice:
        both = "、".join(f"“{cells[place].strip()}”" for place, field in columns.items() if field == twice[0])
        raise Refused("column_twice", f"{both}这几列说的是同一件事，请只保留一列。", field="file")
    below = len(table.rows) - at - 1
    if not any(any(cell.strip() for cell in row) for row in table.rows[at + 1 :]):
        raise Refused("no_rows", "表头下面没有数据。", field="file")
    if below > MOST_ROWS:
        raise Refused("too_many_rows", f"一次最多导入{MOST_ROWS}行，请分成几份上传。", field="file")
    titles = {place: cells[place].strip() for place in columns}
    ignored = [cell.strip()[:40] for place, cell in enumerate(cells) if cell.strip() and fields[place] is None]
    return Headings(table, at + 1, columns, titles, ignored)
