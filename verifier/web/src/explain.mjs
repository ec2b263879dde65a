// The sentences of codes, loaded for a report that has a code: most have none, and are there sooner without them.
let sentences = null;

// Have the sentences at hand when any of these {code} has a code.
export async function explain(found) {
  if(found.some(({code}) => code)) {
    ({SENTENCES: sentences} = await import('./sentences.mjs'));
  }
}

// What a code tells a reader; `explain` comes first.
export const sentenceOf = code => sentences[code];
