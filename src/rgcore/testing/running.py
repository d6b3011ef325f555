"""One run of pytest: which settings are under test, and what comes of them."""

from __future__ import annotations

import tomllib
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pytest

from rgcore.plugins import Catalogue
from rgcore.testing.conformance import TESTS, SettingConformance, Unmet
from rgcore.testing.reporting import Account, Told, outcome_of, report
from rgcore.testing.rules import BY_NUMBER
from rgcore.testing.subject import Subject
from rgcore.testing.weakening import weakened

_PROPERTY: Final = "rgcore"
_XPASS: Final = "[XPASS(strict)]"
"""How pytest begins when it says that a test passed against expectation."""

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})

_Kit = type[SettingConformance]


class Run:
    """Looks after the classes of tests that inherit from the kit's.

    Registered as a plugin of pytest once there is one, or a report is asked for.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._catalogue: Catalogue | None = None
        self._classes: list[tuple[_Kit, pytest.Collector]] = []
        self._subjects: dict[type, Subject] = {}
        self._accounts: dict[str, Account] = {}
        self._tables: Mapping[str, Any] = _NOTHING

    def meet(self, cls: _Kit, module: pytest.Collector) -> None:
        """Take note of a class that may be collected.

        Args:
            cls: The class.
            module: Where it stands.
        """
        self._classes.append((cls, module))

    def subject(self, cls: type[SettingConformance]) -> Subject:
        """Return the setting that a class holds against the kit.

        Args:
            cls: The class.
        """
        if cls not in self._subjects:
            said = self._tables.get(self._setting(cls), _NOTHING)
            self._subjects[cls] = Subject(
                setting=self._setting(cls),
                config=cls.config if cls.setting else said,
                tables=self._tables,
                catalogue=self._installed(),
            )
        return self._subjects[cls]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Refuse what is taken out of the kit, and mark what is exempt.

        Args:
            items: Every test that was collected.
        """
        self._tables = _tables_of(self._option("rg_config"), self._option("rg_setting"))
        problems = [problem for one in self._classes for problem in self._against(*one)]
        if problems:
            raise pytest.UsageError(*problems)
        for item in items:
            self._exempt(item)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Write down what came of a rule, so that it also comes from another process.

        Args:
            item: The test.
            call: What came of a phase of it.
        """
        made = yield
        met = _met(item)
        if met is not None and (call.when == "call" or not made.passed):
            cls, number = met
            error = call.excinfo.value if call.excinfo else None
            result = error.result if isinstance(error, Unmet) else None
            known = self.subject(cls).results.get(number, result)
            data = {
                "tests": item.nodeid.rpartition("::")[0],
                "setting": self._setting(cls),
                "number": number,
                "problems": list(result.problems) if result else [],
                "warnings": list(known.warnings) if known else [],
            }
            made.user_properties.append((_PROPERTY, data))
        return made

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what came of a rule.

        Args:
            report: What came of a test.
        """
        own: list[Any] = [v for n, v in report.user_properties if n == _PROPERTY]
        for data in own:
            account = self._account(data["tests"], data["setting"])
            account.told[data["number"]] = self._told(report, account, data)
            account.warnings += data["warnings"]

    def pytest_sessionfinish(self) -> None:
        """Write the report, if one was asked for."""
        place = self._option("rg_report")
        # A process that works for another one has only a part of it.
        if place and not hasattr(self._config, "workerinput"):
            Path(place).write_text(report(self._accounts), encoding="utf-8")

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> None:
        """Say which level each setting reaches.

        Args:
            terminalreporter: Where it is said.
        """
        if self._accounts:
            terminalreporter.section("conformance of settings")
        for name in sorted(self._accounts):
            terminalreporter.line(self._accounts[name].line())
            for warning in sorted(set(self._accounts[name].warnings)):
                terminalreporter.line(f"  {warning}")

    def _told(
        self, made: pytest.TestReport, account: Account, data: Mapping[str, Any]
    ) -> Told:
        rule = BY_NUMBER[data["number"]]
        exempt = account.found.manifest.exempt if account.found else {}
        outcome, reason = outcome_of(
            made.outcome,
            getattr(made, "wasxfail", None),
            exempt.get(rule.number),
            data["problems"] or [_why(made)],
        )
        return Told(
            number=rule.number,
            level=rule.level.value,
            outcome=outcome,
            reason=reason,
            seconds=round(made.duration, 3),
        )

    def _against(self, cls: _Kit, module: pytest.Collector) -> Iterator[str]:
        setting = self._setting(cls)
        if not setting:
            yield (
                f'{cls.__name__} names no setting: give it one (`setting = "ID"`), '
                "or say which one with --rg-setting ID."
            )
            return
        marks = [*module.iter_markers(), *getattr(cls, "pytestmark", [])]
        yield from weakened(cls, marks, self._exemptions(setting))

    def _exempt(self, item: pytest.Item) -> None:
        """Expect a test to fail if the manifest exempts its rule."""
        met = _met(item)
        if met is None:
            return
        cls, number = met
        reason = self._exemptions(self._setting(cls)).get(number)
        if reason is not None:
            # Nothing else than the kit's own verdict is excused.
            mark = pytest.mark.xfail(reason=reason, strict=True, raises=Unmet)
            item.add_marker(mark)

    def _account(self, name: str, setting: str) -> Account:
        if name not in self._accounts:
            found = self._installed().get(setting)
            self._accounts[name] = Account(name=name, setting=setting, found=found)
        return self._accounts[name]

    def _exemptions(self, setting: str) -> Mapping[str, str]:
        found = self._installed().get(setting)
        return found.manifest.exempt if found else _NOTHING

    def _setting(self, cls: type[SettingConformance]) -> str:
        return cls.setting or self._option("rg_setting")

    def _installed(self) -> Catalogue:
        self._catalogue = self._catalogue or Catalogue.discover()
        return self._catalogue

    def _option(self, name: str) -> str:
        return str(self._config.getoption(name, default=None) or "")


_RUN: Final = pytest.StashKey[Run]()


def run_of(config: pytest.Config) -> Run:
    """Return what looks after the kit in a run of pytest.

    Args:
        config: That of the run.
    """
    if _RUN not in config.stash:
        config.stash[_RUN] = Run(config)
        config.pluginmanager.register(config.stash[_RUN], "rgcore-run")
    return config.stash[_RUN]


def is_of_kit(obj: object) -> bool:
    """Tell whether something is a class that inherits from the kit's.

    Args:
        obj: Anything that stands in a module.
    """
    is_class = isinstance(obj, type) and issubclass(obj, SettingConformance)
    return is_class and obj is not SettingConformance


def _met(item: pytest.Item) -> tuple[_Kit, str] | None:
    """Return the class and the rule of a test; `None` if it is none of the kit's."""
    cls, name = getattr(item, "cls", None), getattr(item, "originalname", "")
    if isinstance(cls, type) and issubclass(cls, SettingConformance) and name in TESTS:
        return cls, TESTS[name]
    return None


def _why(made: pytest.TestReport) -> str:
    """Return why a test failed that the kit found nothing wrong in."""
    text = made.longreprtext
    return "It holds, and was expected not to." if text.startswith(_XPASS) else text


def _tables_of(file: str, setting: str) -> Mapping[str, Any]:
    """Return what a file says of settings, by id.

    It is the file of an institution, or the table of the one setting alone.
    """
    if not file:
        return _NOTHING
    try:
        content = tomllib.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        message = f"--rg-config: {file} cannot be read as TOML."
        raise pytest.UsageError(message) from None
    tables = content.get("settings")
    return tables if isinstance(tables, dict) else {setting: content}
