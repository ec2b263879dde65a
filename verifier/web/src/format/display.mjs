// Text from a credential made safe to show: what is invisible, or moves other text about, is made visible.
import {cut} from './spelling.mjs';

// Letters, marks and symbols that have no shape of their own: joiner, Hangul fillers, vowel inherent, blank Braille.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/u;

// `text` with control, format, bidi and zero-width characters written as ⟨U+202E⟩, cut to `limit` characters.
export function visible(text, limit = 300) {
  const begin = cut(text, limit);
  return Array.from(begin, visibleCharacter).join('') + (begin.length < text.length ? '…' : '');
}

function visibleCharacter(character) {
  if(!HIDDEN.test(character)) {
    return character;
  }
  return `\u27e8U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
}
