"""The modules of the three packages as syntax trees, for the tests that hold the architecture."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("verifier", "keys", "issuer")
SCRIPTS = ("tests", "tools", "examples", "benchmarks")

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Import(NamedTuple):
    """One imported name, absolute and dotted; a relative one that leaves its package starts with `..`."""

    target: str
    relative: bool
    line: int


@dataclass(frozen=True, slots=True)
class Module:
    """A Python file: its path from the root with slashes, its text, and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def package(self) -> str:
        return self.path.partition("/")[0]

    @property
    def functions(self) -> list[Function]:
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    @property
    def imports(self) -> list[Import]:
        return list(self._imports(self.tree))

    @property
    def late_imports(self) -> list[Import]:
        """The imports that stand inside a function."""
        return [found for function in self.functions for found in self._imports(function)]

    @property
    def dotted_names(self) -> list[tuple[str, int]]:
        """Every `a.b.c` that is read, with its line, and every name that is imported from a module."""
        read = [(ast.unparse(node), node.lineno) for node in ast.walk(self.tree) if isinstance(node, ast.Attribute)]
        return read + [(found.target, found.line) for found in self.imports]

    def _imports(self, tree: ast.AST) -> Iterator[Import]:
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from (Import(alias.name, relative=False, line=node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = self._base(node)
                yield from (
                    Import(f"{base}.{alias.name}", relative=node.level > 0, line=node.lineno) for alias in node.names
                )

    def _base(self, node: ast.ImportFrom) -> str:
        folders = self.path.split("/")[:-1]
        if node.level > len(folders):
            return f"..{node.module or ''}"
        start = folders[: len(folders) - node.level + 1] if node.level else []
        return ".".join([*start, *([node.module] if node.module else [])])


def parse(path: str, text: str) -> Module:
    return Module(path, text, ast.parse(text, path))


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Every module below the folders that exist, in order."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(
        parse(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in paths
        if "node_modules" not in path.parts
    )
