"""Folding scripts back to what they say."""

from __future__ import annotations

import pytest

from govspider.extract.document.obfuscation import fold_script


@pytest.mark.parametrize(
    ("source", "folded"),
    [
        ("""x("t"+"e"+"s"+"i")""", 'x("tesi")'),
        ("""x('<d' + 'iv st' + 'yle="a"')""", """x("<div style=\\"a\\"")"""),
        (r"""x("\x68\x69")""", 'x("hi")'),
        (r"""x("\u767e\u5bb6\u4e50")""", 'x("百家乐")'),
        ("x(String.fromCharCode(104,0x69))", 'x("hi")'),
        ("x(unescape('%3Cb%3E%u767e'))", 'x("<b>百")'),
        ("x(atob('aGVsbG8gdGhlcmU='))", 'x("hello there")'),
        ("""document["write"]("a")""", 'document.write("a")'),
        ("var a=['x','y'];f(a[1],a[0x0])", "var a=['x','y'];f('y','x')"),
        ("x('a' + b + 'c')", "x('a' + b + 'c')"),
    ],
)
def test_a_disguised_script_reads_as_what_it_does(source: str, folded: str) -> None:
    assert fold_script(source).text == folded


def test_literals_in_crumbs_are_concealed_and_ordinary_joins_are_not() -> None:
    assert fold_script('f("t"+"e"+"s"+"i")').concealed == {"tesi"}
    assert fold_script('f("no"+"ne")').concealed == {"none"}
    assert fold_script('f("<div class=headline>" + "<p>an ordinary long text</p>")').concealed == frozenset()


def test_a_script_packed_twice_is_unpacked() -> None:
    inner = "eval(function(p,a,c,k,e,r){}('0.1=2',3,3,'location|href|there'.split('|'),0,{}))"
    quoted = inner.replace("\\", "\\\\").replace("'", "\\'")
    twice = f"eval(function(p,a,c,k,e,r){{}}('{quoted}',2,0,''.split('|'),0,{{}}))"
    assert "location.href=there" in fold_script(twice).text
    assert "packer" in fold_script(twice).marks


def test_an_ordinary_script_has_no_marks_and_is_left_alone() -> None:
    source = "$(function(){ $('.tab').hover(function(){ $(this).show() }); });"
    folded = fold_script(source)
    assert (folded.text, folded.marks, folded.concealed) == (source, frozenset(), frozenset())


@pytest.mark.parametrize(
    "source", ["'" + "\\'" * 150_000, '"a"+' * 60_000, "}('" * 80_000, "var a=['x'," * 20_000, "[" * 200_000]
)
def test_hostile_scripts_are_folded_in_bounded_work(source: str) -> None:
    assert len(fold_script(source).text) <= 600_000
