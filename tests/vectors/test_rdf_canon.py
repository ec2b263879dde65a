"""The W3C test suite of RDF Dataset Canonicalization 1.0, with our own engine."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from verifier.format import nquads, rdfc
from verifier.format.errors import FormatError

# The same input as test020, hashed with SHA-384; both cryptosuites of Data Integrity EdDSA 1.0 ask for SHA-256.
OTHER_HASH = {"test075"}


def rows(vectors: Path, column: str, value: str) -> Iterator[tuple[str, Path]]:
    """(test id, the path of its files without `-in.nq`) of the tests that the manifest marks so."""
    folder = vectors / "rdf-canon" / "tests"
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row[column] == value and row["test"] not in OTHER_HASH:
                yield row["test"], folder / "rdfc10" / row["test"]


def source(path: Path) -> bytes:
    return path.with_name(f"{path.name}-in.nq").read_bytes()


def test_every_dataset_is_canonicalized_byte_for_byte(vectors: Path, subtests: pytest.Subtests) -> None:
    cases = dict(rows(vectors, "rdfc10", "TRUE"))
    assert len(cases) == 64 - len(OTHER_HASH)
    for name, path in cases.items():
        with subtests.test(name):
            expected = path.with_name(f"{name}-rdfc10.nq").read_bytes()
            assert rdfc.canonicalize(source(path)) == expected
            assert rdfc.canonicalize(expected) == expected, "canonical form is a fixed point"


def test_every_map_of_names_is_right(vectors: Path, subtests: pytest.Subtests) -> None:
    cases = dict(rows(vectors, "rdfc10map", "TRUE"))
    assert len(cases) == 21 - len(OTHER_HASH)
    for name, path in cases.items():
        with subtests.test(name):
            expected = json.loads(path.with_name(f"{name}-rdfc10map.json").read_bytes())
            names = rdfc.canonical_names(nquads.read(source(path)))
            assert {blank[2:]: canonical[2:] for blank, canonical in names.items()} == expected


def test_the_poison_graph_is_refused(vectors: Path) -> None:
    ((_, path),) = rows(vectors, "rdfc10", "RDFC10NegativeEvalTest")
    with pytest.raises(FormatError, match=r"^rdf\.too-complex"):
        rdfc.canonicalize(source(path))
