"""Small files, small functions, and a first line that says what a file is for."""

import pytest

from tests.architecture.modules import PACKAGES, ROOT, SCRIPTS, Module, modules

FILE_LINES = 300
FUNCTION_LINES = 40

# Look hard first; then name the path, or path:function, with the reason why it reads better whole.
LONGER: dict[str, str] = {
    "verifier/codes.py": "one table: a row for each code",
    "issuer/register/migrations/versions/0001_register.py:upgrade": "a list of tables, frozen once released",
}


def too_long(module: Module) -> list[str]:
    """The path, if the file is too long, and path:function for each function that is."""
    long = [module.path] if len(module.text.splitlines()) > FILE_LINES else []
    for function in module.functions:
        assert function.end_lineno is not None
        if function.end_lineno - function.lineno + 1 > FUNCTION_LINES:
            long.append(f"{module.path}:{function.name}")
    return long


def test_files_and_functions_are_short() -> None:
    found = {name for module in modules(*PACKAGES) for name in too_long(module)}
    assert found == set(LONGER), "split it, or give a reason in LONGER; drop what is short again"


@pytest.mark.parametrize("module", modules(*PACKAGES, *SCRIPTS), ids=lambda module: module.path)
def test_the_first_line_says_what_a_module_is_for(module: Module) -> None:
    lines = [line for line in module.text.splitlines() if not line.startswith("#!")]
    assert lines, "an empty module: give it a docstring"
    assert lines[0].startswith('"""')
    assert len(lines[0].strip('"')) > len("What for?")


def test_modules_in_javascript_are_short_and_say_what_they_are_for() -> None:
    found = [path for folder in ("src", "page") for path in (ROOT / "verifier" / "web" / folder).rglob("*.mjs")]
    texts = {path: path.read_text(encoding="utf-8").splitlines() for path in found}
    assert texts
    assert [path.name for path, lines in texts.items() if not lines[0].startswith("// ")] == []
    assert [path.name for path, lines in texts.items() if len(lines) > FILE_LINES] == []
