// Two languages that nobody speaks, made from English, to see that every text can be translated and turned around.
const ACCENTED = Object.fromEntries(Array.from('aeioucnsyAEIOUCNSY', (letter, place) => [letter, Array.from('åéîøüçñšýÅÉÎØÜÇÑŠÝ')[place]]));

// Longer by a third, with accents on, and in brackets; {placeholders} stay.
export function accented(words) {
  return mapped(words, text => `[${outside(text, part => part.replace(/[a-zA-Z]/gu, letter => ACCENTED[letter] ?? letter))}${'~'.repeat(Math.ceil(text.length / 3))}]`);
}

// The same texts, in a page that runs from right to left.
export const mirrored = words => ({...words, direction: 'rtl'});

const mapped = (words, change) => Object.fromEntries(Object.entries(words).map(([key, text]) => [key, change(text)]));

const outside = (text, change) => text.split(/(\{\w+\})/u).map((part, place) => place % 2 ? part : change(part)).join('');
