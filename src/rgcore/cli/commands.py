"""The commands and their arguments, as data. What runs them is imported late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

Translate = Callable[[str], str]


def _(text: str) -> str:
    """Mark a text for translation; it is translated when help is shown."""
    return text


class Argument(NamedTuple):
    """One argument: its names and how argparse should read it."""

    names: tuple[str, ...]
    help: str
    options: dict[str, Any]


class Command(NamedTuple):
    """One command: its words, what it does and which module runs it."""

    words: tuple[str, ...]
    help: str
    module: str
    arguments: tuple[Argument, ...]


def _argument(*names: str, text: str, **options: Any) -> Argument:  # noqa: ANN401
    return Argument(names, text, options)


CONFIG: Final = _argument(
    "--config",
    text=_("the institution's TOML file (default: RGCORE_CONFIG or rgcore.toml)"),
    metavar="FILE",
)
STORE: Final = _argument(
    "--store",
    text=_("URL of the store (default: that of the TOML file)"),
    metavar="URL",
)
LANG: Final = _argument(
    "--lang",
    text=_("language of what is printed (default: that of the institution)"),
    choices=("nl", "en"),
)
JSON: Final = _argument(
    "--json", text=_("print JSON"), action="store_true", dest="as_json"
)
GROUP: Final = _argument("group", text=_("id of the group"), metavar="GROUP")
PURPOSE: Final = _argument(
    "--purpose",
    text=_("why: care for staff, own_group for client and members"),
    metavar="CODE",
)
READER: Final = (
    _argument(
        "--as",
        text=_("id of the person who does this; the host vouches for it"),
        metavar="WHO",
        dest="who",
        required=True,
    ),
    PURPOSE,
)
FOR: Final = (
    _argument(
        "--for",
        "--as",
        text=_("id of the person who will see it; the host vouches for it"),
        metavar="WHO",
        dest="who",
        required=True,
    ),
    PURPOSE,
)
TYPIST: Final = (
    *READER,
    _argument(
        "--on-behalf-of",
        text=_("id of the person whose decision it is"),
        metavar="WHO",
    ),
    _argument(
        "--because",
        text=_("why somebody else types, such as at_the_table or from_paper"),
        metavar="CODE",
    ),
)

NUMBER: Final = (
    _argument(
        "kind",
        text=_("whose number it is, as a code, such as client_number"),
        metavar="KIND",
    ),
    _argument(
        "number",
        text=_("the number; - reads it from the input, so that no history keeps it"),
        metavar="NUMBER",
    ),
)

ERASER: Final = (
    READER[0],
    _argument(
        "--because",
        text=_("why an operator does it, as a code, such as asked_by_letter"),
        metavar="CODE",
        required=True,
    ),
)
WHOM: Final = (
    _argument(
        "person",
        text=_("whose words (default: everybody's, and the group itself)"),
        metavar="PERSON",
        nargs="?",
    ),
    GROUP,
)
WISH: Final = (
    _argument(
        "--for",
        text=_("who wants it (default: whom it is about)"),
        choices=("client", "relative", "institution"),
        dest="whose",
    ),
    _argument(
        "--ground",
        text=_("the legal ground, as a code; needed after the client's death"),
        metavar="CODE",
    ),
    _argument(
        "--own-items",
        text=_("what became of what others keep for themselves in it"),
        choices=("handed_over", "declined"),
    ),
)
WISHED: Final = _argument(
    "--for",
    text=_("who wants it: it decides which terms stand in the way"),
    choices=("client", "relative", "institution"),
    dest="whose",
    required=True,
)
REQUEST: Final = _argument("id", text=_("id of the request"), metavar="ID")
REPORT: Final = _argument(
    "--report",
    text=_("a new file for the report, that only you can read"),
    metavar="FILE",
)

FAMILIES: Final = {
    "config": _("look at the configuration"),
    "db": _("look after the databases"),
    "erase": _("erase a person or a group: asked for by one, confirmed by another"),
    "keys": _("look after the key ring"),
    "method": _("look at the method, and bring groups up to it"),
    "new": _("begin a plugin of your own"),
    "plugins": _("look at the plugins that are installed"),
}
"""What the commands of two words have in common, by the first word."""

COMMANDS: Final[tuple[Command, ...]] = (
    Command(
        ("init",),
        _("make configuration, key ring and databases for an institution"),
        "rgcore.cli.init",
        (
            _argument("folder", text=_("where"), metavar="DIR", nargs="?", default="."),
            _argument(
                "--institution",
                text=_("an opaque id for the institution (default: a new one)"),
                metavar="ID",
                default=None,
            ),
            _argument(
                "--keys",
                text=_("URL of the key store (default: a file in the folder)"),
                metavar="URL",
            ),
            _argument(
                "--log",
                text=_("URL of the access log (default: a file in the folder)"),
                metavar="URL",
            ),
        ),
    ),
    Command(
        ("demo",),
        _("replay a case day by day into a fresh store and tell what happens"),
        "rgcore.cli.demo",
        (
            _argument("case", text=_("which case"), choices=("fatima", "klaas")),
            _argument(
                "--out", text=_("folder for the result"), metavar="DIR", required=True
            ),
            _argument(
                "--quiet", text=_("tell only where the result is"), action="store_true"
            ),
        ),
    ),
    Command(
        ("start",),
        _("begin a group for a client with a supporter"),
        "rgcore.cli.start",
        (
            *READER,
            _argument(
                "--supporter",
                text=_("the supporter's id in the directory"),
                metavar="WHO",
                required=True,
            ),
            _argument(
                "--team",
                text=_("the team that keeps the group"),
                metavar="TEAM",
                required=True,
            ),
            _argument(
                "--client-name",
                text=_("the client's name; asked for if it is not given"),
                metavar="NAME",
            ),
            _argument(
                "--on",
                text=_("the day on which it began (default: today)"),
                metavar="DATE",
            ),
            JSON,
        ),
    ),
    Command(
        ("record",),
        _("record changes from JSON: all of them or none"),
        "rgcore.cli.record",
        (
            GROUP,
            *TYPIST,
            _argument(
                "--json",
                text=_("a file with one change or a list of changes; - for input"),
                metavar="FILE",
                dest="source",
                required=True,
            ),
            _argument(
                "--override",
                text=_("pass a rule with a reason; may be given several times"),
                metavar="CODE=REASON",
                action="append",
                default=[],
            ),
            _argument(
                "--seen",
                text=_("refuse if others changed the same since this number"),
                metavar="NUMBER",
                type=int,
            ),
            _argument(
                "--check",
                text=_("say what would be decided and record nothing"),
                action="store_true",
            ),
        ),
    ),
    Command(
        ("show",),
        _("show a group's plan"),
        "rgcore.cli.show",
        (GROUP, *READER, JSON),
    ),
    Command(
        ("owed",),
        _("show the next steps of a group"),
        "rgcore.cli.owed",
        (
            GROUP,
            *READER,
            _argument("--coming", text=_("also what comes later"), action="store_true"),
            JSON,
        ),
    ),
    Command(
        ("find",),
        _("find the group to which a number of another system leads"),
        "rgcore.cli.find",
        (*NUMBER, *READER, JSON),
    ),
    Command(
        ("link",),
        _("let a number of another system lead to a group"),
        "rgcore.cli.link",
        (
            GROUP,
            *NUMBER,
            *READER,
            _argument("--remove", text=_("take the link away"), action="store_true"),
            JSON,
        ),
    ),
    Command(
        ("attention",),
        _("list a team's groups that ask for attention"),
        "rgcore.cli.attention",
        (
            *READER,
            _argument("--team", text=_("the team"), metavar="TEAM", required=True),
            _argument("--on", text=_("the day (default: today)"), metavar="DATE"),
            _argument(
                "--limit",
                text=_("how many groups at most (default: 100)"),
                metavar="NUMBER",
                type=int,
                default=100,
            ),
            JSON,
        ),
    ),
    Command(
        ("timeline",),
        _("show what happened in a group"),
        "rgcore.cli.timeline",
        (GROUP, *READER, JSON),
    ),
    Command(
        ("sociogram",),
        _("draw a sociogram as a picture, an SVG file"),
        "rgcore.cli.sociogram",
        (
            GROUP,
            *FOR,
            _argument(
                "-o",
                "--out",
                text=_("a new file that only you can read (default: print it)"),
                metavar="FILE",
            ),
            _argument(
                "--version",
                text=_("which drawing, counted from 1 (default: the latest)"),
                metavar="NUMBER",
                type=int,
            ),
        ),
    ),
    Command(
        ("verify",),
        _("check that what is kept is what was recorded"),
        "rgcore.cli.verify",
        (
            _argument(
                "group", text=_("one group (default: all)"), metavar="GROUP", nargs="?"
            ),
            JSON,
        ),
    ),
    Command(
        ("backup",),
        _("copy store and key store, each to a place of its own"),
        "rgcore.cli.backup",
        (
            _argument(
                "--store-to",
                text=_("folder for the groups and the access log"),
                metavar="DIR",
            ),
            _argument(
                "--keys-to",
                text=_("another folder, for the key store; keep it for a short time"),
                metavar="DIR",
            ),
            _argument("--verify", text=_("check the copies"), action="store_true"),
            JSON,
        ),
    ),
    Command(
        ("restore",),
        _("put copies of store and key store back"),
        "rgcore.cli.restore",
        (
            _argument(
                "--store-from",
                text=_("folder with the copy of groups and access log"),
                metavar="DIR",
            ),
            _argument(
                "--keys-from",
                text=_("folder with the copy of the key store"),
                metavar="DIR",
            ),
            _argument(
                "--verify", text=_("check everything afterwards"), action="store_true"
            ),
        ),
    ),
    Command(
        ("export",),
        _("write a group as a file: what you may see, or as an operator all of it"),
        "rgcore.cli.export",
        (
            GROUP,
            *READER,
            _argument(
                "--whole",
                text=_("everything, unsealed; for operators, with --because"),
                action="store_true",
            ),
            _argument(
                "--because",
                text=_("why an operator needs it, such as moves_away"),
                metavar="CODE",
            ),
            _argument(
                "--out",
                text=_("a new file that only you can read (default: print it)"),
                metavar="FILE",
            ),
            JSON,
        ),
    ),
    Command(
        ("import",),
        _("keep a group that another institution exported whole"),
        "rgcore.cli.import_group",
        (
            _argument("file", text=_("the file; - for input"), metavar="FILE"),
            *READER,
            _argument(
                "--team",
                text=_("the team that keeps it here (default: that of the file)"),
                metavar="TEAM",
            ),
            _argument(
                "--digest",
                text=_("what the sender told by another way: refuse any other file"),
                metavar="HEX",
            ),
            JSON,
        ),
    ),
    Command(
        ("schema",),
        _("print JSON Schemas, for programs in any language"),
        "rgcore.cli.schema",
        (
            _argument(
                "--of",
                text=_("of what (default: changes)"),
                choices=("changes", "view", "export", "partial", "group", "errors"),
                default="changes",
            ),
            _argument(
                "type",
                text=_("one type, such as goal.set (default: a list of any)"),
                metavar="TYPE",
                nargs="?",
            ),
        ),
    ),
    Command(
        ("status",),
        _("say how the store stands, for monitoring"),
        "rgcore.cli.status",
        (JSON,),
    ),
    Command(
        ("config", "check"),
        _("check configuration, directory, key ring and databases"),
        "rgcore.cli.config_check",
        (JSON,),
    ),
    Command(
        ("config", "show"),
        _("show every value of the configuration and where it comes from"),
        "rgcore.cli.config_show",
        (JSON,),
    ),
    Command(
        ("db", "upgrade"),
        _("bring the databases to the format of this version"),
        "rgcore.cli.db_upgrade",
        (
            _argument(
                "--plan",
                text=_("say what would be done and change nothing"),
                action="store_true",
            ),
            JSON,
        ),
    ),
    Command(
        ("keys", "status"),
        _("say which key wraps how much, and who can get at the key ring"),
        "rgcore.cli.keys_status",
        (JSON,),
    ),
    Command(
        ("keys", "copy"),
        _("copy the key ring for a safe place, and check that it opens the store"),
        "rgcore.cli.keys_copy",
        (
            _argument(
                "file", text=_("a new file that only you can read"), metavar="FILE"
            ),
            _argument(
                "--plain",
                text=_("unwrapped, to be opened without the key service"),
                action="store_true",
            ),
            JSON,
        ),
    ),
    Command(
        ("keys", "check"),
        _("check that a copy of the key ring still opens the key store"),
        "rgcore.cli.keys_check",
        (_argument("file", text=_("the copy"), metavar="FILE"), JSON),
    ),
    Command(
        ("keys", "rotate"),
        _("wrap everything by a new key, while others go on"),
        "rgcore.cli.keys_rotate",
        (
            _argument(
                "--copy-to",
                text=_("copy the key ring to this new file before the key is used"),
                metavar="FILE",
            ),
            _argument(
                "--only-add",
                text=_("add the key and stop, to bring the ring to other machines"),
                action="store_true",
            ),
            JSON,
        ),
    ),
    Command(
        ("keys", "rewrap"),
        _("go on with a rotation that was broken off, or only added a key"),
        "rgcore.cli.keys_rewrap",
        (JSON,),
    ),
    Command(
        ("keys", "retire"),
        _("take a key out of the key ring by which nothing is wrapped any more"),
        "rgcore.cli.keys_retire",
        (
            _argument("name", text=_("name of the key"), metavar="NAME"),
            _argument(
                "--backups-expired",
                text=_("no backup of the key store is left that needs it"),
                action="store_true",
            ),
            JSON,
        ),
    ),
    Command(
        ("keys", "wrap"),
        _("let the key service of the TOML file wrap the keys in the key ring"),
        "rgcore.cli.keys_wrap",
        (JSON,),
    ),
    Command(
        ("repair",),
        _("make a group's document anew from its journal"),
        "rgcore.cli.repair",
        (
            GROUP,
            _argument(
                "--without-lost-keys",
                text=_("go on without keys of which no copy is left: texts are lost"),
                action="store_true",
            ),
            JSON,
        ),
    ),
    Command(
        ("reindex",),
        _("compute anew what another version computed for the team's list"),
        "rgcore.cli.reindex",
        (JSON,),
    ),
    Command(
        ("anchor",),
        _("note outside the database how far each journal goes"),
        "rgcore.cli.anchor",
        (JSON,),
    ),
    Command(
        ("erase", "plan"),
        _("say what would go, what stays and why, and change nothing"),
        "rgcore.cli.erase",
        (
            *WHOM,
            *WISH,
            *ERASER,
            _argument(
                "--dry-run", text=_("what this does anyway"), action="store_true"
            ),
            JSON,
        ),
    ),
    Command(
        ("erase", "request"),
        _("keep a request to erase a person's words, or a whole group"),
        "rgcore.cli.erase",
        (
            *WHOM,
            WISHED,
            *WISH[1:],
            _argument(
                "--received",
                text=_("the day on which the request came in (default: today)"),
                metavar="DATE",
            ),
            *ERASER,
            JSON,
        ),
    ),
    Command(
        ("erase", "redact"),
        _("keep a request to empty the texts of single changes, which still count"),
        "rgcore.cli.erase",
        (
            GROUP,
            _argument(
                "entries",
                text=_("ids of the changes, as the timeline has them"),
                metavar="CHANGE",
                nargs="+",
            ),
            WISHED,
            WISH[2],
            _argument(
                "--received",
                text=_("the day on which the request came in (default: today)"),
                metavar="DATE",
            ),
            _argument(
                "--dry-run",
                text=_("say what would go, and keep no request"),
                action="store_true",
            ),
            *ERASER,
            JSON,
        ),
    ),
    Command(
        ("erase", "confirm"),
        _("agree to a request that somebody else made"),
        "rgcore.cli.erase",
        (REQUEST, *ERASER, JSON),
    ),
    Command(
        ("erase", "extend"),
        _("take two months more to answer a request"),
        "rgcore.cli.erase",
        (REQUEST, *ERASER, JSON),
    ),
    Command(
        ("erase", "withdraw"),
        _("take a request back, as long as it is not carried out"),
        "rgcore.cli.erase",
        (REQUEST, *ERASER, JSON),
    ),
    Command(
        ("erase", "hold"),
        _("let something stand in the way of erasing for a while"),
        "rgcore.cli.erase",
        (
            *WHOM,
            _argument(
                "--kind",
                text=_("what stands in the way"),
                choices=("legal_hold", "complaint", "others_interest"),
                required=True,
            ),
            _argument(
                "--until",
                text=_("the first day on which it is over (default: once lifted)"),
                metavar="DATE",
            ),
            *ERASER,
            JSON,
        ),
    ),
    Command(
        ("erase", "lift"),
        _("let a hold be over"),
        "rgcore.cli.erase",
        (
            _argument("id", text=_("id of the hold"), metavar="ID"),
            *ERASER,
            JSON,
        ),
    ),
    Command(
        ("erase", "run"),
        _("carry out what is confirmed and past its grace; for each day"),
        "rgcore.cli.erase_run",
        (READER[0], REPORT, JSON),
    ),
    Command(
        ("erase", "list"),
        _("list requests and holds: ids, codes and dates"),
        "rgcore.cli.erase_list",
        (JSON,),
    ),
    Command(
        ("erase", "report"),
        _("show the report of a request that was carried out"),
        "rgcore.cli.erase_list",
        (REQUEST, REPORT, JSON),
    ),
    Command(
        ("retention",),
        _("list the groups whose term has passed; nothing is erased by it"),
        "rgcore.cli.retention",
        (
            _argument("--on", text=_("the day (default: today)"), metavar="DATE"),
            JSON,
        ),
    ),
    Command(
        ("method", "show"),
        _("show the method as it holds here, with its sources; without one, the base"),
        "rgcore.cli.method",
        (JSON,),
    ),
    Command(
        ("method", "adopt"),
        _("let a group go by today's composition of the method, or all of them"),
        "rgcore.cli.method_adopt",
        (
            _argument("group", text=_("id of the group"), metavar="GROUP", nargs="?"),
            _argument(
                "--all",
                text=_("every group that is behind; for operators, with --because"),
                action="store_true",
                dest="every",
            ),
            READER[0],
            _argument(
                "--purpose",
                text=_("why: care or own_group; operation for operators"),
                metavar="CODE",
            ),
            _argument(
                "--because",
                text=_("why an operator does it, such as upgrade"),
                metavar="CODE",
            ),
            JSON,
        ),
    ),
    Command(
        ("plugins", "list"),
        _("list the settings that are installed; nothing is imported"),
        "rgcore.cli.plugins_list",
        (JSON,),
    ),
    Command(
        ("plugins", "info"),
        _("show what a setting says of itself; nothing is imported"),
        "rgcore.cli.plugins_info",
        (_argument("plugin", text=_("id of the setting"), metavar="ID"), JSON),
    ),
    Command(
        ("plugins", "check"),
        _("say what the enabled settings do, which are slow, which groups are behind"),
        "rgcore.cli.plugins_check",
        (JSON,),
    ),
    Command(
        ("plugins", "doctor"),
        _("say what is wrong with what is installed and enabled, and what to do"),
        "rgcore.cli.plugins_doctor",
        (JSON,),
    ),
    Command(
        ("new", "setting"),
        _("write a setting plugin to begin with: complete, and tested"),
        "rgcore.cli.new_setting",
        (
            _argument(
                "name",
                text=_("its id: small letters, digits and underscores"),
                metavar="NAME",
            ),
            _argument(
                "--out",
                text=_("a new or empty folder (default: rgcore-setting-NAME)"),
                metavar="DIR",
            ),
            JSON,
        ),
    ),
)

COMMON: Final = (CONFIG, STORE, LANG)
"""Arguments that every command takes."""
