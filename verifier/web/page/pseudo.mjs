// Two languages that nobody speaks, made from English, to see that every text can be translated and turned around.
const PLAIN = 'aeioucnsyAEIOUCNSY';
const ACCENTS = 'åéîøüçñšýÅÉÎØÜÇÑŠÝ';

// Longer by a third, with accents on, and in brackets; {placeholders} stay.
export function accented(words) {
  return Object.fromEntries(Object.entries(words).map(([key, text]) =>
    [key, `[${outside(text)}${'~'.repeat(Math.ceil(text.length / 3))}]`]));
}

// The same texts, in a page that runs from right to left.
export const mirrored = words => ({...words, direction: 'rtl'});

const outside = text => text.split(/(\{\w+\})/u).map((part, place) => place % 2 ? part : marked(part)).join('');

const marked = text => text.replace(/[a-z]/giu, letter => ACCENTS[PLAIN.indexOf(letter)] ?? letter);
