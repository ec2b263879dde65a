"""Pure codecs, bytes <-> values: no IO, no clock, no key at rest."""
