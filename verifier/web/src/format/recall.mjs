// The last few answers about documents, for questions that cost far more than to see that a document is the same.
import {MAX_RECALLED} from '../limits.mjs';
import {identical} from './types.mjs';

// Answers to one question, each with the document that it was about, which must not change meanwhile.
export class Recall {
  #kept = [];

  // What `ask` says about `document`, or said a moment ago; what it throws is not kept.
  answer(document, ask) {
    const found = this.#kept.find(each => identical(each.document, document)) ?? {document, answer: ask(document)};
    this.#kept = [...this.#kept.filter(each => each !== found), found].slice(-MAX_RECALLED);
    return found.answer;
  }
}
