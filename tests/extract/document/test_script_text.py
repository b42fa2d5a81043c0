"""Markup folded out of scripts."""

from __future__ import annotations

import pytest

from govspider.extract.document.script_text import COMPUTED, written_html


@pytest.mark.parametrize(
    ("script", "markup"),
    [
        ("document.write('<p>一</p>');", "<p>一</p>"),
        (r"document.writeln(\"x\"); document.writeln('<a href=\'/a\'>甲</a>')", "<a href='/a'>甲</a>"),
        ("document.write('<p>' + '二' +\n '</p>')", "<p>二</p>"),
        (r"""document.write(unescape("%3Cspan%3E%u6587%3C/span%3E"))""", "<span>文</span>"),
        ("document.write(decodeURIComponent('%3Cb%3E%E6%96%87%3C/b%3E'))", "<b>文</b>"),
        ("var h = '<p>'; h += '三'; h += '</p>'; $('#foot').html(h);", "<p>三</p>"),
        ("var a = []; a.push('<p>四'); a.push('</p>'); el.innerHTML = a.join('');", "<p>四</p>"),
        ("el.innerHTML = `<p>五</p>`", "<p>五</p>"),
        ("$('<div>六</div>').appendTo('body')", "<div>六</div>"),
        (r"document.write('\x3cp\x3e\u4e03\x3c/p\x3e')", "<p>七</p>"),
        ("document.write('<scr'+'ipt src=\"/f.js\"></scr'+'ipt>')", '<script src="/f.js"></script>'),
        ("var r = /'/g; document.write('<p>八</p>')", "<p>八</p>"),
    ],
)
def test_markup_is_joined_as_the_script_joins_it(script: str, markup: str) -> None:
    assert markup in written_html(script).replace(COMPUTED, "")


@pytest.mark.parametrize(
    "script",
    [
        "// document.write('<p>旧</p>')",
        "/* el.innerHTML = '<p>旧</p>' */",
        "var text = '<p>旧</p>';",
        "alert('<p>旧</p>')",
        "",
    ],
)
def test_what_a_script_does_not_write_is_not_there(script: str) -> None:
    assert "旧" not in written_html(script)


def test_a_computed_value_is_marked_and_never_empty() -> None:
    assert f'href="{COMPUTED}"' in written_html("""document.write('<a href="' + address + '">x</a>')""")
    assert COMPUTED in written_html("el.innerHTML = `<a id=${name}>x</a>`")


def test_a_comparison_is_no_assignment() -> None:
    assert written_html("if (el.innerHTML == '<p>x</p>') { go() }") == ""


def test_statements_without_semicolons_do_not_run_together() -> None:
    markup = written_html("el.innerHTML = '<p>一</p>'\nvar other = '<p>二</p>'")
    assert "一" in markup
    assert "二" not in markup


@pytest.mark.parametrize(
    "trap",
    [
        "a=b+" * 60_000,
        "write(" * 40_000,
        "=/[1" * 60_000,
        "a='x';" + "a+=a;" * 200,
        "a='" + "x" * 1000 + "';" + "b=a" + "+a" * 60_000,
        "a='x';" + "a=a+a;" * 200 + "document.write(a);" * 1000,
    ],
    ids=lambda trap: trap[:12],
)
def test_expressions_inside_of_each_other_and_texts_doubled_without_end_are_left(trap: str) -> None:
    """Each of these would take hours, or all memory, where nothing bounded what is read and held."""
    assert len(written_html(trap)) < 40_000_000


def test_an_ordinary_script_is_read_however_often_it_adds() -> None:
    script = "var s='';" + "".join(f"s+='<li>{number}</li>';" for number in range(3000)) + "document.write(s);"
    assert written_html(script).count("<li>") == 3000
