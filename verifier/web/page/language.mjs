// The language of the page: its texts, dates and ages. A further language is a file in words/ and a row of LANGUAGES.
import english from './words/en.mjs';
import {sentenceOf} from './verifier.mjs';

const whole = async () => ({...english, ...(await import('./words/en-more.mjs')).default});
const LANGUAGES = {
  en: async () => english, // what few visits show comes with `sayMore`
  de: async () => (await import('./words/de.mjs')).default,
  'en-XA': async () => (await import('./pseudo.mjs')).accented(await whole()),
  'ar-XB': async () => (await import('./pseudo.mjs')).mirrored(await whole())
};
const STEPS = [['day', 86_400], ['hour', 3_600], ['minute', 60]];

let words = english;
let locale = 'en';

// Speak the first of these that there is, or else English.
export async function speak(wishes) {
  const known = wishes.flatMap(wish => [wish, wish.split('-')[0]]).find(wish => Object.hasOwn(LANGUAGES, wish));
  locale = known ?? 'en';
  words = await LANGUAGES[locale]();
  document.documentElement.lang = locale === 'en-XA' ? 'en' : locale.replace('-XB', '');
  document.documentElement.dir = words.direction;
}

// Have the texts at hand of a part of the page that is loaded when somebody needs it.
export async function sayMore() {
  if(words === english) {
    words = await whole();
  }
}

// The text under a key, with these values in it.
export function say(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/gu, (_, name) => values[name]);
}

// The text under a key, or another one where there is none.
export const sayOr = (key, otherwise) => Object.hasOwn(words, key) ? say(key) : otherwise;

// The sentence of a code.
export const sentence = code => sayIn('sentences', code, sentenceOf(code));

// The text under a name in one of a language's tables, or another one where the language has none of its own.
export const sayIn = (table, name, english) => words[table]?.[name] ?? english;

// The one sentence of a report: what leads it, and the sentence of the code that decides.
export function summary(report) {
  const {code = ''} = report.decisive ?? {};
  const told = code ? sentenceOf(code) : '';
  const lead = report.summary.slice(0, report.summary.length - told.length);
  return words.leads ? words.leads[lead] + (code && sentence(code)) : report.summary;
}

// `1 July 2026 at 09:32 (UTC)`, for an instant.
export function moment(instant) {
  const date = new Date(Number(instant / 1000n));
  const text = new Intl.DateTimeFormat(spoken(), {dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC'}).format(date);
  return `${text} (UTC)`;
}

// `3 days`, of a number of seconds, in its largest whole unit; at least one.
export function age(seconds) {
  const [unit, size] = STEPS.find(([, each]) => seconds >= each) ?? STEPS.at(-1);
  const count = Math.max(1, Math.floor(seconds / size));
  return new Intl.NumberFormat(spoken(), {style: 'unit', unit, unitDisplay: 'long'}).format(count);
}

// `a, b and c`.
export const listed = texts => new Intl.ListFormat(spoken()).format(texts);

const spoken = () => locale === 'en' ? 'en-GB' : locale.slice(0, 2) === 'ar' ? 'ar-u-nu-latn' : locale.slice(0, 2);
