// White space as Python has it: without U+FEFF, with the separators of ASCII and the next line.

export const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

// Members of a character class: white space, and all else.
export const ANY_SPACE = `[${SPACE}]`;
export const NO_SPACE = `[^${SPACE}]`;

const WORD = new RegExp(`${NO_SPACE}+`, 'gu');
const AROUND = new RegExp(`^${ANY_SPACE}+|${ANY_SPACE}+$`, 'gu');

// The parts of a text between white space.
export const words = text => text.match(WORD) ?? [];

// The text without white space around it.
export const stripped = text => text.replace(AROUND, '');
