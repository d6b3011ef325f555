"""A key service wraps the ring's keys: it is asked seldom, and tells nothing on."""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from attrs import define, field
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

import rgcore
from databases import only_files
from rgcore.errors import (
    ConfigurationError,
    KeyRingPlain,
    KeyRingWrapped,
    KeyWrapperFailed,
)
from rgcore.store import KeyRing, Rotation
from rgcore.store.kms import KeyWrapper, Wrapping, checked, loaded
from support import (
    AT_THE_TABLE,
    GROUP,
    KLAAS,
    Clock,
    Demo,
    found,
    set_goal,
    start_klaas,
    told,
)


@define
class Service:
    """A key service in memory that binds the context and counts what it is asked."""

    name: str = "our-kms"
    key: bytes = b"s" * 32
    asked: list[tuple[str, str]] = field(factory=list)

    def wrap(self, key: bytes, context: str) -> bytes:
        self.asked.append(("wrap", context))
        nonce = os.urandom(12)
        return nonce + AESGCM(self.key).encrypt(nonce, key, context.encode())

    def unwrap(self, wrapped: bytes, context: str) -> bytes:
        self.asked.append(("unwrap", context))
        nonce, rest = wrapped[:12], wrapped[12:]
        return AESGCM(self.key).decrypt(nonce, rest, context.encode())


def opened(demo: Demo, service: KeyWrapper) -> rgcore.Institution:
    return rgcore.open(demo.toml, clock=Clock(), key_wrapper=service)


def wrap(demo: Demo, service: KeyWrapper) -> None:
    """Let a service wrap the ring of an institution that is open."""
    wraps = demo.institution._store.key_store.wraps
    Rotation(wraps).wrap_ring(Wrapping(checked(service), "demo"))


def secrets_of(demo: Demo) -> list[bytes]:
    """Return the ring's keys in every form in which they could be told."""
    keys = demo.institution._store.key_store.wraps.ring.keys.values()
    return [
        form
        for key in keys
        for form in (key, base64.b64encode(key)[:20], key.hex()[:20].encode())
    ]


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def wrapped(klaas: Demo, service: Service) -> Demo:
    """Give an institution with a wrapped ring; it was opened before."""
    wrap(klaas, service)
    service.asked.clear()
    return klaas


def test_no_key_stands_in_the_file_of_a_wrapped_ring(wrapped: Demo) -> None:
    content = wrapped.ring.read_bytes()
    assert [one for one in secrets_of(wrapped) if one in content] == []
    written = json.loads(content)
    assert (written["rgcore_key_ring"], written["wrapper"]) == (2, "our-kms")


def test_the_service_is_asked_at_opening_and_never_by_who_reads_or_records(
    wrapped: Demo, service: Service
) -> None:
    with opened(wrapped, service) as institution:
        assert service.asked == [("unwrap", "rgcore:demo:1")]
        service.asked.clear()
        for number in range(20):
            institution.view(GROUP, AT_THE_TABLE)
            set_goal(institution, f"n{number}", "weer fietsen")
        start_klaas(institution, "g-new")
        assert institution.verify() == ()
    assert service.asked == []


def test_after_a_rotation_each_open_process_asks_once(
    wrapped: Demo, service: Service
) -> None:
    other_service = Service()
    with opened(wrapped, service) as one, opened(wrapped, other_service) as other:
        service.asked.clear()
        other_service.asked.clear()
        name = one.rotate_keys().key
        context = f"rgcore:demo:{name}"
        assert service.asked == [("wrap", context), *[("unwrap", context)] * 2]
        for _ in range(5):
            assert other.view(GROUP, AT_THE_TABLE).name(KLAAS) is not None
            set_goal(other, f"n{_}", "weer fietsen")
        assert other_service.asked == [("unwrap", context)]
        one.retire_ring_key("1", backups_expired=True)
        assert len(service.asked) == 3
    with opened(wrapped, service) as again:
        assert again.verify() == ()
        assert again.key_status().wrapper == "our-kms"


def test_a_wrapped_ring_opens_by_its_own_service_alone(
    wrapped: Demo, service: Service
) -> None:
    with pytest.raises(KeyRingWrapped) as caught:
        rgcore.open(wrapped.toml, clock=Clock())
    assert caught.value.fields["wrapper"] == "our-kms"
    with pytest.raises(KeyRingWrapped):
        opened(wrapped, Service("another"))
    with pytest.raises(KeyWrapperFailed) as failed:
        opened(wrapped, Service(key=b"t" * 32))
    assert failed.value.fields["kind"] == InvalidTag.__name__
    with opened(wrapped, service) as institution:
        assert institution.view(GROUP, AT_THE_TABLE).name(KLAAS) is not None


def test_a_ring_in_the_clear_is_refused_where_a_service_should_wrap_it(
    klaas: Demo, service: Service
) -> None:
    with pytest.raises(KeyRingPlain) as caught:
        opened(klaas, service)
    assert "keys wrap" in caught.value.sentence("nl")
    assert service.asked == []


def test_a_wrapped_key_does_not_open_under_another_name_or_elsewhere(
    wrapped: Demo, service: Service
) -> None:
    content = json.loads(wrapped.ring.read_text("ascii"))
    other = {"2": content["keys"]["1"]}
    wrapped.ring.write_text(json.dumps(content | {"keys": other, "current": "2"}))
    with pytest.raises(KeyWrapperFailed):
        KeyRing.read(wrapped.ring, Wrapping(service, "demo"))
    wrapped.ring.write_text(json.dumps(content))
    with pytest.raises(KeyWrapperFailed):
        KeyRing.read(wrapped.ring, Wrapping(service, "another"))
    assert KeyRing.read(wrapped.ring, Wrapping(service, "demo")).current == "1"


def test_who_is_open_works_on_while_the_service_is_away(
    wrapped: Demo, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> bytes:
        raise ConnectionError

    with opened(wrapped, service) as institution:
        before = wrapped.ring.read_bytes()
        monkeypatch.setattr(Service, "wrap", away)
        monkeypatch.setattr(Service, "unwrap", away)
        with pytest.raises(KeyWrapperFailed) as caught:
            institution.rotate_keys()
        assert caught.value.fields["kind"] == "ConnectionError"
        assert wrapped.ring.read_bytes() == before
        start_klaas(institution, "g-new")
        assert institution.view(GROUP, AT_THE_TABLE).name(KLAAS) is not None
    with pytest.raises(KeyWrapperFailed):
        opened(wrapped, service)


def test_a_plain_copy_opens_without_the_service_and_another_with_it(
    wrapped: Demo, service: Service, tmp_path: Path
) -> None:
    with opened(wrapped, service) as institution:
        for name, plain in (("plain", True), ("wrapped", False)):
            assert institution.copy_key_ring(tmp_path / name, plain=plain).lacks == ()
    keys = KeyRing.read(tmp_path / "plain").keys
    own = Wrapping(service, "demo")
    assert KeyRing.read(tmp_path / "wrapped", own).keys == keys
    with pytest.raises(KeyRingWrapped):
        KeyRing.read(tmp_path / "wrapped")


# A service that does not do what it should.


def raising(key: bytes) -> bytes:
    # A careless one quotes what it got.
    raise ValueError(key, repr(key), key.hex())


def leaving(key: bytes) -> bytes:
    raise SystemExit(repr(key))


FAILS: dict[str, tuple[Callable[[bytes], object], str]] = {
    "raises and quotes the key": (raising, "ValueError"),
    "leaves": (leaving, "SystemExit"),
    "gives nothing": (lambda _: None, "NoneType"),
    "gives text": (lambda key: key.hex(), "str"),
    "gives no bytes": (lambda _: b"", "not wrapped"),
    "gives the key itself": (lambda key: key, "not wrapped"),
    "hides the key in other bytes": (lambda key: b"v1" + key, "not wrapped"),
}


@only_files
@pytest.mark.parametrize("fails", FAILS)
def test_a_service_that_does_not_wrap_is_refused_and_tells_no_key(
    klaas: Demo, service: Service, fails: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    give, kind = FAILS[fails]
    monkeypatch.setattr(Service, "wrap", lambda _, key, __: give(key))
    before = klaas.ring.read_bytes()
    with pytest.raises(KeyWrapperFailed) as caught:
        wrap(klaas, service)
    assert caught.value.fields["kind"] == kind
    assert klaas.ring.read_bytes() == before
    assert_tells_nothing(klaas, caught.value)


def assert_tells_nothing(demo: Demo, error: BaseException) -> None:
    """Make sure that no key stands in an error, nor in one behind it."""
    assert error.__cause__ is None
    assert error.__context__ is None
    said = told(error).encode()
    assert [
        one
        for one in secrets_of(demo)
        if one in said or repr(one)[2:-1].encode() in said
    ] == []


UNWRAPS: dict[str, tuple[Callable[[bytes], object], str]] = {
    "raises and quotes the key": (raising, "ValueError"),
    "gives another key": (lambda _: b"k" * 32, "another key"),
    "gives less": (lambda key: key[:31], "not a key"),
    "gives text": (lambda key: key.hex(), "str"),
}


@only_files
@pytest.mark.parametrize("fails", UNWRAPS)
def test_what_cannot_be_unwrapped_is_never_written(
    klaas: Demo, service: Service, fails: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    give, kind = UNWRAPS[fails]
    unwrap = Service.unwrap
    monkeypatch.setattr(Service, "unwrap", lambda *all_: give(unwrap(*all_)))
    before = klaas.ring.read_bytes()
    with pytest.raises(KeyWrapperFailed) as caught:
        wrap(klaas, service)
    assert caught.value.fields["kind"] == kind
    assert klaas.ring.read_bytes() == before
    assert_tells_nothing(klaas, caught.value)


# What is configured.


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (object(), ("config.no_wrapper", "keys.wrapper")),
        (Service(name="two words"), ("input.not_an_id", "keys.wrapper.name")),
        (Service(name=7), ("input.wrong_type", "keys.wrapper.name")),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_wrapper_is_refused(
    given: KeyWrapper, problem: tuple[str, str]
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        checked(given)
    assert found(caught.value) == [problem]


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the file of a module that can be imported as `our_keys`."""
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path / "our_keys.py"
    sys.modules.pop("our_keys", None)


SECRET = "zilverreiger-password"


@pytest.mark.parametrize(
    ("text", "place", "kind"),
    [
        ("", "our_keys:wrapper", "AttributeError"),
        ("", "there_is_none:wrapper", "ModuleNotFoundError"),
        (f"raise ValueError('{SECRET}')", "our_keys:wrapper", "ValueError"),
        (f"def wrapper(): raise OSError('{SECRET}')", "our_keys:wrapper", "OSError"),
        ("raise SystemExit", "our_keys:wrapper", "SystemExit"),
        ("def wrapper(): return 7", "our_keys:wrapper", "int"),
        ("wrapper = 7", "our_keys:wrapper", "TypeError"),
    ],
)
def test_a_module_that_gives_no_wrapper_is_told_by_kind(
    module: Path, text: str, place: str, kind: str
) -> None:
    module.write_text(text)
    with pytest.raises(ConfigurationError) as caught:
        loaded(place)
    (problem,) = caught.value.problems
    assert (problem.code, problem.fields) == ("config.no_wrapper", {"kind": kind})
    assert SECRET not in told(caught.value)
    assert caught.value.__context__ is None


def test_a_configured_wrapper_is_imported_and_one_that_is_passed_goes_first(
    wrapped: Demo, module: Path
) -> None:
    module.write_text(
        "class Kms:\n"
        "    name = 'other-kms'\n"
        "    def wrap(self, key, context): return key[::-1]\n"
        "    def unwrap(self, wrapped, context): return wrapped[::-1]\n"
    )
    written = wrapped.toml.read_text("utf-8")
    line = '# wrapper = "your_module:your_factory"'
    assert line in written
    wrapped.toml.write_text(written.replace(line, 'wrapper = "our_keys:Kms"'))
    with pytest.raises(KeyRingWrapped):
        rgcore.open(wrapped.toml, clock=Clock())
    with opened(wrapped, Service()) as institution:
        assert institution.verify() == ()


@only_files
@pytest.mark.parametrize("wrong", ["our_keys", ":x", "a:b:c", "a b:c", "a:", "7:b"])
def test_a_place_that_is_none_is_refused_before_anything_is_imported(
    klaas: Demo, wrong: str
) -> None:
    written = klaas.toml.read_text("utf-8")
    line = '# wrapper = "your_module:your_factory"'
    klaas.toml.write_text(written.replace(line, f'wrapper = "{wrong}"'))
    with pytest.raises(ConfigurationError) as caught:
        rgcore.open(klaas.toml, clock=Clock())
    assert found(caught.value) == [("input.wrong_type", "keys.wrapper")]
