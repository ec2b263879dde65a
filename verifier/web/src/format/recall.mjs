// The last few answers about documents, for questions that cost far more than to see that a document is the same.
import {MAX_RECALLED} from '../limits.mjs';
import {dumps} from './dumps.mjs';

// Answers to one question: each for the very document that it was about, and for every one of the same text.
export class Recall {
  #kept = []; // {document, text, answer}, the latest last

  // What `ask` says about `document`, or said a moment ago; what it throws is not kept.
  answer(document, ask) {
    const found = this.#of(document) ?? {document, text: dumps(document), answer: ask(document)};
    this.#kept = [...this.#kept.filter(each => each !== found), found].slice(-MAX_RECALLED);
    return found.answer;
  }

  #of(document) {
    const same = this.#kept.find(each => each.document === document);
    if(same || !this.#kept.length) {
      return same;
    }
    const text = dumps(document);
    return this.#kept.find(each => each.text === text);
  }
}
