"""The picture of a sociogram: what it shows, what it tells, what it never says."""

from __future__ import annotations

import itertools
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from cli.terminal import FORBIDDEN, RAW_CODE
from render.drawings import drawing
from render.group import SAMIRA, TOM, view, without
from rgcore import View
from rgcore.domain.ids import ItemId
from rgcore.domain.sociogram import Figure, FigureKind, Sociogram, Wish
from rgcore.errors import NoSociogram
from rgcore.render.drawing.lettering import evened, width, wrapped
from rgcore.render.drawing.rings import SYMBOL, places, radii
from rgcore.render.sociogram import sociogram_svg
from rgcore.render.speech import one_line
from strategies import TEXTS

SVG = "{http://www.w3.org/2000/svg}"

KINDS: list[tuple[str | None, int, dict[str, Any]]] = [
    ("mama", 1, {"wish": Wish.FURTHER, "degrees": 20}),
    ("Boris", 1, {"kind": FigureKind.ANIMAL, "wish": Wish.STAY}),
    ("opa Henk", 2, {"deceased": True, "wish": Wish.CLOSER}),
    ("volkstuin", 2, {"kind": FigureKind.PLACE}),
    ("De Vos", 3, {"pseudonym": True}),
    ("zwemmen", 3, {"kind": FigureKind.ACTIVITY}),
    (None, 3, {}),
]

FIGURES = st.lists(
    st.tuples(
        st.none() | TEXTS,
        st.integers(1, 3),
        st.fixed_dictionaries(
            {
                "wish": st.sampled_from(Wish),
                "kind": st.sampled_from(FigureKind),
                "degrees": st.none() | st.integers(0, 359),
                "deceased": st.booleans(),
                "pseudonym": st.booleans(),
            }
        ),
    ),
    min_size=1,
    max_size=9,
)


def root(seen: View, language: str = "nl") -> ET.Element:
    return ET.fromstring(sociogram_svg(seen, language))  # noqa: S314 - our own


def described(seen: View, language: str = "nl") -> str:
    return root(seen, language).findtext(f"{SVG}desc") or ""


def shown(seen: View, language: str = "nl") -> str:
    """Return what stands on the page, a space after each line."""
    lines = root(seen, language).iter()
    tags = {f"{SVG}text", f"{SVG}tspan"}
    return " ".join(one_line(e.text) for e in lines if e.tag in tags and e.text)


def titles(seen: View, language: str = "nl") -> list[str]:
    groups = root(seen, language).iter(f"{SVG}g")
    return [g.findtext(f"{SVG}title") or "" for g in groups if g.get("role") == "img"]


def test_the_latest_drawing_is_told_ring_by_ring() -> None:
    seen = drawing(
        KINDS[:5], ties=[(0, 2, "missen elkaar"), (1, 3, None)], seen="Dit ben ik."
    )
    assert described(seen) == (
        "In het midden: jij. "
        "Dichtbij: mama, wens: verder weg; Boris, een dier, wens: zo blijven. "
        "Iets verder weg: opa Henk, overleden, wens: dichterbij; volkstuin, een plek. "
        "Verder weg: “De Vos”, een verzonnen naam. "
        "Mama en opa Henk: “missen elkaar”. "
        "Boris en volkstuin hebben met elkaar te maken. "
        "Wat je opviel: “Dit ben ik.”"
    )


def test_others_than_the_client_read_of_the_client_by_name() -> None:
    seen = drawing(KINDS[:1], seen="Dit ben ik.", reader=TOM)
    assert "In het midden: \u2068سميرة\u2069." in described(seen)
    assert "jij" not in described(seen)
    assert "ik" not in titles(seen)
    assert "\u2068سميرة\u2069" in titles(seen)
    assert root(seen).findtext(f"{SVG}title") == (
        "Tekening van \u2068سميرة\u2069, 3 maart 2025"
    )


def test_a_drawing_is_called_by_its_day() -> None:
    seen = drawing(KINDS)
    assert root(seen).findtext(f"{SVG}title") == "Tekening van 3 maart 2025"
    assert root(seen, "en").findtext(f"{SVG}title") == "Drawing of 3 March 2025"
    assert root(seen, "en").get("lang") == "en"
    assert "poppetjes" in shown(seen)


def test_an_earlier_drawing_can_be_asked_for() -> None:
    seen = drawing(KINDS)
    first, latest = seen.group.sociograms
    assert sociogram_svg(seen, "nl", latest) == sociogram_svg(seen, "nl")
    assert "buurman" in sociogram_svg(seen, "nl", first)
    assert "buurman" not in sociogram_svg(seen, "nl")


def test_a_group_without_a_drawing_has_none_to_show() -> None:
    full = drawing(KINDS)
    empty = evolve(full, group=evolve(full.group, sociograms=()))
    with pytest.raises(NoSociogram):
        sociogram_svg(empty, "nl")


def test_a_drawing_that_the_view_does_not_hold_is_not_shown() -> None:
    with pytest.raises(NoSociogram):
        sociogram_svg(view(), "nl", drawing(KINDS).group.sociograms[-1])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_figure_is_counted_and_nothing_is_missing(language: str) -> None:
    figures: list[tuple[str | None, int, dict[str, Any]]] = [
        (f"naam {'abcdefghijklm'[n]}", 1, {}) for n in range(13)
    ]
    seen = drawing(figures, seen="Zo.", ties=[(0, 1, None)])
    page = re.sub(r"3 (maart|March) 2025", "", shown(seen, language))
    words = page + re.sub(r"3 (maart|March) 2025", "", described(seen, language))
    assert re.findall(r"\d", words) == []
    assert FORBIDDEN.findall(words) == []
    assert RAW_CODE.findall(words) == []
    # A list tells a screen reader how long it is.
    roles = {e.get("role") for e in root(seen, language).iter()}
    assert roles == {"graphics-document", "heading", "group", "img", None}
    empty = "verder weg" if language == "nl" else "further away"
    assert empty not in described(seen, language)


def test_each_kind_has_a_shape_of_its_own_that_is_explained_only_if_used() -> None:
    page = shown(drawing(KINDS))
    for word in ("een dier", "een plek", "een activiteit", "een verzonnen naam"):
        assert word in page
    page = shown(drawing(KINDS[:1]))
    for word in ("een dier", "een plek", "overleden", "zo blijven", "verzonnen"):
        assert word not in page
    assert "wens: verder weg" in page
    outlines = []
    for kind in FigureKind:
        (found,) = _groups(drawing([("x", 1, {"kind": kind})]), "x")
        outlines.append((found[1].tag, len(found[1].get("points", "").split())))
    assert len(set(outlines)) == len(FigureKind)


def _groups(seen: View, title: str) -> list[ET.Element]:
    return [
        group
        for group in root(seen).iter(f"{SVG}g")
        if (group.findtext(f"{SVG}title") or "").startswith(title)
    ]


@pytest.mark.parametrize("degrees", [0, 45, 180, 300])
def test_the_arrow_shows_the_wish(degrees: int) -> None:
    def ends(wish: Wish) -> tuple[float, float] | None:
        seen = drawing([("x", 2, {"wish": wish, "degrees": degrees})])
        (group,) = _groups(seen, "x")
        lines = group.findall(f"{SVG}line")
        if len(lines) != 1:
            return None
        (line,) = lines
        x1, y1, x2, y2 = (
            float(line.get(name, "")) for name in ("x1", "y1", "x2", "y2")
        )
        return math.hypot(x1, y1), math.hypot(x2, y2)

    closer, further = ends(Wish.CLOSER), ends(Wish.FURTHER)
    assert closer is not None
    assert further is not None
    assert closer[1] < closer[0] < radii(_latest(drawing([("x", 2, {})])))[1]
    assert further[1] > further[0]
    assert ends(Wish.STAY) is None
    assert ends(Wish.NOT_SAID) is None


def test_who_has_died_is_drawn_dashed_and_said_so() -> None:
    seen = drawing([("opa", 1, {"deceased": True}), ("oma", 1, {})])
    (opa,), (oma,) = _groups(seen, "opa"), _groups(seen, "oma")
    assert opa[1].get("stroke-dasharray")
    assert not oma[1].get("stroke-dasharray")
    assert "overleden" in [row.text for row in opa.iter(f"{SVG}tspan")]


def test_a_label_that_has_lapsed_is_said_by_its_kind() -> None:
    kinds: list[tuple[str | None, int, dict[str, Any]]] = [
        (None, 1, {"kind": kind}) for kind in FigureKind
    ]
    told = ["iemand", "een dier", "een plek", "een activiteit"]
    assert titles(drawing(kinds))[1:] == told


def test_words_that_were_erased_are_said_to_be() -> None:
    assert "[gewist]" in described(without(SAMIRA))


def test_words_of_a_tie_that_have_no_room_stand_below_the_drawing() -> None:
    long = "zien elkaar elke week bij het zwemmen en drinken daarna samen koffie " * 3
    seen = drawing(KINDS, ties=[(0, 2, long), (1, 3, "kort")])
    assert f"mama en opa Henk: “{one_line(long)}”" in shown(seen)
    assert "Boris en volkstuin: “kort”" not in shown(seen)
    assert "kort" in shown(seen)


def test_a_label_that_is_cut_stands_in_full_below_the_drawing() -> None:
    long = "de mensen van de volkstuinvereniging aan de overkant van het kanaal " * 3
    assert one_line(long) in shown(drawing([(long, 3, {})]))


def test_a_photo_alone_is_told_in_words() -> None:
    seen = drawing([], photo="Stenen op <tafel>", seen="Zo.")
    page = shown(seen)
    assert "Deze tekening is een foto van 3 maart 2025." in page
    assert "Op de foto: Stenen op <tafel>" in page
    assert "kast 3" not in sociogram_svg(seen, "nl")
    tags = {element.tag for element in root(seen).iter()}
    assert tags == {
        f"{SVG}{t}" for t in ("svg", "title", "desc", "rect", "text", "tspan")
    }
    assert "Op de foto" not in shown(drawing([], photo=""))
    assert "Er is ook een foto van." in shown(drawing(KINDS, photo=""))


def test_it_needs_nothing_but_itself() -> None:
    text = sociogram_svg(drawing(KINDS, ties=[(0, 1, "a")], photo="b"), "nl")
    assert (
        re.findall(r"<(?:script|style|image|use|foreignObject)|href|url\(", text) == []
    )
    assert re.findall(r"https?://[^\"]*", text) == ["http://www.w3.org/2000/svg"]
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<svg ')
    assert text.endswith("</svg>\n")


def test_colours_are_calm_and_text_stands_out() -> None:
    drawn = root(drawing(KINDS, ties=[(0, 1, "a")], seen="b"))
    colours = {e.get("fill") for e in drawn.iter()} | {
        e.get("stroke") for e in drawn.iter()
    }
    for red, green, blue in (_rgb(c) for c in colours if c and c.startswith("#")):
        assert not (red > 1.4 * green and red > 1.4 * blue)
    grounds = [e.get("fill", "") for e in drawn.iter(f"{SVG}circle")]
    light = [c for c in grounds if c.startswith("#") and _luminance(c) > 0.5]
    inks = {e.get("fill", "") for e in drawn.iter(f"{SVG}text")} - {"#ffffff"}
    assert light
    assert inks
    for ink in inks:
        assert min(_contrast(ink, ground) for ground in [*light, "#ffffff"]) >= 4.5


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    parts = [c / 255 for c in _rgb(colour)]
    lin = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * lin[0] + 0.7152 * lin[1] + 0.0722 * lin[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@given(FIGURES, TEXTS, st.sampled_from(["nl", "en"]))
def test_any_words_give_a_picture_that_tells_them_all(
    figures: list[tuple[str | None, int, dict[str, Any]]], words: str, language: str
) -> None:
    ties = [(0, len(figures) - 1, words)] if len(figures) > 1 else []
    seen = drawing(figures, ties=ties, seen=words, photo=words)
    text = described(seen, language)
    for label in [words, *(label for label, _, _ in figures)]:
        if label is not None:
            # XML 1.0 has no place for two signs that are no letters of any script.
            assert one_line(re.sub("[\ufffe\uffff]", "", label)) in one_line(text)
    assert sociogram_svg(seen, language) == sociogram_svg(seen, language)


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\ufffe", "\uffff", "\ud800"])
def test_what_xml_cannot_hold_is_left_out(sign: str) -> None:
    seen = drawing([(f"a{sign}b", 1, {})], seen=f"c{sign}d")
    assert "ab" in titles(seen)
    assert "cd" in described(seen)


def _latest(seen: View) -> Sociogram:
    return seen.group.sociograms[-1]


def _figures(noted: list[tuple[int, int | None]]) -> Sociogram:
    latest = _latest(drawing([("x", 1, {})]))
    figures = tuple(
        Figure(id=ItemId(f"f-{n}"), label=None, ring=ring, degrees=degrees)
        for n, (ring, degrees) in enumerate(noted)
    )
    return evolve(latest, figures=figures)


NOTED = st.lists(
    st.tuples(st.integers(1, 3), st.none() | st.integers(0, 359)), max_size=40
)


@given(NOTED)
def test_no_figure_lies_on_another(noted: list[tuple[int, int | None]]) -> None:
    found = places(_figures(noted))
    assert len(found) == len(noted)
    for number, one in enumerate(found):
        assert one.radius == radii(_figures(noted))[one.figure.ring - 1]
        for other in found[:number]:
            assert math.dist((one.x, one.y), (other.x, other.y)) > 2 * SYMBOL


def test_a_figure_lies_where_it_was_drawn() -> None:
    noted: list[tuple[int, int | None]] = [
        (1, 0),
        (1, 90),
        (2, 180),
        (3, 270),
        (2, None),
    ]
    found = {p.figure.id: p for p in places(_figures(noted))}
    angles = [found[ItemId(f"f-{n}")].angle for n in range(4)]
    assert angles == [0, 90, 180, 270]
    top, right = found[ItemId("f-0")], found[ItemId("f-1")]
    assert (round(top.x), round(top.y)) == (0, -round(top.radius))
    assert (round(right.x), round(right.y)) == (round(right.radius), 0)


def test_two_drawn_at_one_place_stay_as_near_to_it_as_they_can() -> None:
    one, other = places(_figures([(2, 45), (2, 45)]))
    assert one.angle == 45
    assert 0 < abs(other.angle - 45) < 15


def test_figures_without_a_place_are_spread_in_the_order_of_drawing() -> None:
    angles = [place.angle for place in places(_figures([(1, None)] * 5))]
    assert angles == sorted(angles)
    gaps = {round(b - a, 3) for a, b in itertools.pairwise(angles)}
    assert gaps == {60.0}


def test_a_ring_is_as_wide_in_a_small_drawing_as_in_a_usual_one() -> None:
    assert radii(_figures([(1, None)])) == radii(_figures([(1, None)] * 5))
    assert radii(_figures([(1, None)])) < radii(_figures([(1, None)] * 12))


def _boxes(seen: View) -> Iterator[tuple[float, float]]:
    """Return from where to where each line of a label goes, with its anchor."""
    for text in root(seen).iter(f"{SVG}text"):
        for row in text.iter(f"{SVG}tspan"):
            if text.get("stroke") is None:
                continue
            wide = width(row.text or "", float(row.get("font-size", "")))
            x = float(row.get("x", ""))
            shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[
                text.get("text-anchor", "start")
            ]
            yield x - wide * shift, x + wide * (1 - shift)


def test_long_labels_stay_on_the_page() -> None:
    long = "ervaringsdeskundigenbijeenkomst van de volkstuinvereniging"
    seen = drawing([(long, 3, {"degrees": turn}) for turn in range(0, 360, 45)])
    half = float(root(seen).get("viewBox", "").split()[2]) / 2
    found = list(_boxes(seen))
    assert len(found) > 8
    for left, right in found:
        assert left >= -half
        assert right <= half


@given(TEXTS, st.floats(20, 200))
def test_lines_hold_all_words_and_fit(said: str, room: float) -> None:
    lettering = wrapped(said, 10, room)
    joined = "".join(lettering.lines).replace("-", "").replace(" ", "")
    assert joined == "".join(said.split()).replace("-", "")
    for line in lettering.lines:
        assert width(line, 10) <= room or len(line.replace("-", "")) <= 2 or room < 30


def test_no_short_word_stands_alone_if_another_can_join_it() -> None:
    lines = wrapped("de mensen van de kringloopwinkel", 16, 140)
    assert lines.lines == ("de mensen van", "de", "kringloopwinkel")
    even = evened(lines, 16).lines
    assert even == ("de mensen", "van de", "kringloopwinkel")
    hyphen = wrapped("neef Jan-Willem", 16, 90)
    assert evened(hyphen, 16) == hyphen


def test_an_accent_stays_on_its_letter_and_a_family_together() -> None:
    family = "👩‍👧‍👦"
    lines = wrapped("e\u0301" * 8 + family * 3, 10, 20).lines
    assert [line[0] for line in lines if line[0] in {"\u0301", "\u200d"}] == []
    assert sum(line.count(family) for line in lines) == 3


def test_a_page_from_the_right_is_set_from_the_right() -> None:
    seen = drawing([("أمي", 1, {})], seen="أريد أن أرى خالتي أكثر")
    turned = [e for e in root(seen).iter(f"{SVG}text") if e.get("direction") == "rtl"]
    assert len(turned) == 2
