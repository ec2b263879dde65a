// One object for equal active contexts: two ways to the same terms meet, and the derived contexts stay few.
//
// Terms are numbered by their content, so that each is read once, however many contexts hold it.
export class Interned {
  numbers = new Map();
  seen = new WeakMap();
  contexts = new Map();

  // The first of all contexts with the content of this one.
  get(active) {
    const print = this.print(active);
    if(!this.contexts.has(print)) {
      this.contexts.set(print, active);
    }
    return this.contexts.get(print);
  }

  print({terms, vocab, origin, previous}) {
    const numbers = Array.from(terms, ([name, term]) => this.number(name, term)).sort();
    return JSON.stringify([numbers.join(' '), vocab, origin, previous && this.print(previous)]);
  }

  // A term stands under one name only.
  number(name, term) {
    if(!this.seen.has(term)) {
      const {scope, ...content} = term; // `text` says the same
      const key = JSON.stringify([name, content]);
      this.numbers.set(key, this.numbers.get(key) ?? this.numbers.size);
      this.seen.set(term, this.numbers.get(key));
    }
    return this.seen.get(term);
  }
}
