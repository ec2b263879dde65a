// Two names compared openly: in which ways they differ, if in ways that people write one name.
// Letters that are no letter with a mark on it, and as which they are written where they are not at hand.
const COLLATED = Object.entries({ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ı: 'i', þ: 'th'});

// What may be overlooked, each as a function of a list of words.
const OVERLOOKED = {
  capitals: words => words.map(word => word.toLowerCase()),
  accents: words => words.map(withoutAccents),
  punctuation: words => words.flatMap(word => word.split(/[\p{P}\s]+/u)).filter(Boolean),
  order: words => [...words].sort()
};
const KINDS = Object.keys(OVERLOOKED);
// Every set of them, the smallest first: the answer names no difference that is not there.
const SETS = Array.from({length: 1 << KINDS.length}, (_, bits) => KINDS.filter((_kind, place) => bits >> place & 1))
  .sort((one, other) => one.length - other.length);

// The kinds of differences: an empty list for the same name, null for names that differ in anything else.
//
// Nothing invisible is overlooked: a name with a hidden character is another one.
export function differences(one, other) {
  const [first, second] = [one, other].map(wordsOf);
  if(!first.length || !second.length) {
    return null;
  }
  return SETS.find(kinds => seen(first, kinds) === seen(second, kinds)) ?? null;
}

const wordsOf = name => name.normalize('NFC').split(/\s+/u).filter(Boolean);

const seen = (words, kinds) => kinds.reduce((found, kind) => OVERLOOKED[kind](found), words).join(' ');

function withoutAccents(word) {
  const bare = word.normalize('NFD').replace(/\p{Mn}/gu, '').normalize('NFC');
  return COLLATED.reduce((text, [from, to]) =>
    text.replaceAll(from, to).replaceAll(from.toUpperCase(), to.toUpperCase()), bare);
}
