"""`qinqing user`: accounts from the server's own terminal — the first administrators, and the way back in when locked out."""

import sys
from argparse import Namespace
from datetime import datetime
from typing import Any

from django.db import transaction

from qinqing.kernel import clock
from qinqing.kernel.actor import Actor
from qinqing.kernel.errors import Refused
from qinqing.ops import console
from qinqing.ops.parser import Commands, Parser
from qinqing.ops.say import say, say_json, table
from qinqing.people import passwords, reads, signins
from qinqing.people.actions import access, accounts, posts
from qinqing.people.words import KINDS_OF_ROLE, Role


def register(commands: Commands) -> None:
    """Add the noun and its verbs."""
    noun = commands.add_parser("user", help="账号：建立、停用、解锁、重置密码")
    verbs = noun.add_subparsers(title="动作", metavar="动作", required=True)

    add = verbs.add_parser(
        "add",
        help="建立账号，可同时授予岗位",
        description="建立账号；给出 --office 和 --role 时同时授予岗位。没有 --password-stdin 就生成一个初始密码，只显示这一次。",
    )
    add.add_argument("--town", required=True, metavar="镇代码")
    add.add_argument("--username", required=True, metavar="用户名")
    add.add_argument("--name", required=True, metavar="姓名")
    add.add_argument("--email", default="", metavar="邮箱")
    _post_options(add, required=False)
    _password_option(add)
    add.set_defaults(run=_add)

    grant = verbs.add_parser("grant", help="给已有账号授予岗位")
    grant.add_argument("username", metavar="用户名")
    _post_options(grant, required=True)
    grant.set_defaults(run=_grant)

    disable = verbs.add_parser("disable", help="停用账号，所有登录随即失效")
    disable.add_argument("username", metavar="用户名")
    disable.add_argument("--reason", default="", metavar="原因")
    disable.set_defaults(run=_disable)

    for verb, act, says in (
        ("enable", accounts.enable_account, "恢复停用的账号"),
        ("unlock", access.unlock_account, "解除试错过多的登录限制"),
        ("clear-totp", access.clear_second_factor, "清除丢失的动态口令，下次登录重新绑定"),
    ):
        parser = verbs.add_parser(verb, help=says)
        parser.add_argument("username", metavar="用户名")
        parser.set_defaults(run=_simple, act=act, says=says)

    password = verbs.add_parser("password", help="重置密码，下次登录须自行修改")
    password.add_argument("username", metavar="用户名")
    _password_option(password)
    password.set_defaults(run=_password)

    listing = verbs.add_parser("list", help="列出账号、岗位和状态")
    listing.add_argument("--town", metavar="镇代码", help="不填则列出所有镇")
    listing.set_defaults(run=_list)


def _post_options(parser: Parser, *, required: bool) -> None:
    roles = "、".join(f"{role}（{role.label}）" for role in KINDS_OF_ROLE)
    parser.add_argument("--office", required=required, metavar="单位代码")
    parser.add_argument("--role", required=required, metavar="岗位", help=roles)


def _password_option(parser: Parser) -> None:
    parser.add_argument("--password-stdin", action="store_true", help="从标准输入读密码（第一行），不留在命令历史里")


def _add(args: Namespace) -> int:
    if bool(args.office) != bool(args.role):
        raise Refused("post_half_given", "--office 和 --role 要么都给，要么都不给。")
    by, at = console.operator(args.town), clock.now()
    password = _password_given(args)
    with transaction.atomic():  # an account without the post that was asked for would look finished and be useless
        account = accounts.add_account(
            username=args.username, name=args.name, email=args.email, password=password, by=by, at=at
        )
        if args.role:
            _name_post(account.pk, args, by, at)
    told: dict[str, Any] = {"ok": True, "username": account.username, "name": account.name, "town": by.book}
    if args.role:
        told |= {"office": args.office, "role": args.role}
    return _say(args, told, f"已为{account.name}建立账号 {account.username}。", password)


def _grant(args: Namespace) -> int:
    account, by, at = _who(args)
    _name_post(account.pk, args, by, at)
    role = Role.label_of(args.role)
    told = {"ok": True, "username": account.username, "office": args.office, "role": args.role}
    return _say(args, told, f"已授予{account.name}“{role}”岗位，今天起有效。")


def _disable(args: Namespace) -> int:
    account, by, at = _who(args)
    accounts.disable_account(account_id=account.pk, reason=args.reason, by=by, at=at)
    return _say(args, {"ok": True, "username": account.username}, f"已停用{account.name}（{account.username}）。")


def _simple(args: Namespace) -> int:
    account, by, at = _who(args)
    args.act(account_id=account.pk, by=by, at=at)
    return _say(
        args, {"ok": True, "username": account.username}, f"{account.name}（{account.username}）：已{args.says}。"
    )


def _password(args: Namespace) -> int:
    account, by, at = _who(args)
    password = _password_given(args)
    accounts.set_password(account_id=account.pk, password=password, by=by, at=at)
    told = {"ok": True, "username": account.username}
    return _say(
        args, told, f"已重置{account.name}（{account.username}）的密码。", "" if args.password_stdin else password
    )


def _list(args: Namespace) -> int:
    now = clock.now()
    towns = [reads.town(args.town)] if args.town else reads.towns()
    rows = [_row(account, town.name, now) for town in towns for account in reads.every_account(town.pk)]
    if args.json:
        say_json({"ok": True, "users": rows})
        return 0
    table(
        [
            (row["username"], row["name"], row["town"], "；".join(row["posts"]) or "（无岗位）", row["state"])
            for row in rows
        ],
        head=("用户名", "姓名", "镇", "岗位", "状态"),
    )
    return 0


def _row(account: Any, town: str, now: datetime) -> dict[str, Any]:
    held = [f"{post.office.name}·{Role.label_of(post.role)}" for post in reads.posts_of(account, now.date())]
    state = "停用" if not account.is_active else "暂停登录" if signins.is_locked(account, now) else "正常"
    return {"username": account.username, "name": account.name, "town": town, "posts": held, "state": state}


def _name_post(account_id: int, args: Namespace, by: Actor, at: datetime) -> None:
    office = reads.office_by_code(by.town_id, args.office)
    posts.name_post(account_id=account_id, office_id=office.pk, role=args.role, starts_on=at.date(), by=by, at=at)


def _who(args: Namespace) -> tuple[Any, Actor, datetime]:
    account = reads.account_by_username(args.username)
    return account, console.operator(account.town.code), clock.now()


def _password_given(args: Namespace) -> str:
    if not args.password_stdin:
        return passwords.fresh()
    return sys.stdin.readline().rstrip("\r\n")


def _say(args: Namespace, told: dict[str, Any], sentence: str, password: str = "") -> int:
    """Print the outcome; a password that was made here is shown once, one that came in never."""
    shown = password if password and not getattr(args, "password_stdin", False) else ""
    if args.json:
        say_json(told | ({"password": shown} if shown else {}))
        return 0
    say(sentence)
    if shown:
        say(f"初始密码：{shown}（只显示这一次，请当面或电话告知本人，首次登录须修改）")
    return 0
