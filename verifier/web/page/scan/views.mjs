// What is drawn beside the picture of the camera: the answer on the code that is in it now, or why there is none.
import {box, wordOf} from '../answer.mjs';
import {el, replace, svg} from '../dom.mjs';
import {factsOf} from '../findings.mjs';
import {say} from '../language.mjs';

// Draw it in this element. `found`: as `seen` of picture.mjs has it, with an answer {judgement}, or {sentence} with the
// `number` that the code holds, if any, about which `ask` asks the issuer; null where nobody can be asked. Returns what
// is said to somebody who does not see it, '' for nothing.
export function drawn({count, text, answer}, place, ask) {
  if(answer?.judgement) {
    replace(place, ...brief(answer.judgement));
    return wordOf(answer.judgement);
  }
  if(answer) {
    const {sentence, number} = answer;
    replace(place, note('indeterminate', say('camera.unchecked'), sentence), number && ask && el('p', {},
      el('button', {type: 'button', class: 'plain', click: () => ask(number)}, say('ask', {number}))));
    return sentence;
  }
  const kind = count > 1 ? 'several' : text === undefined ? 'nothing' : 'asking';
  replace(place, kind === 'asking' ? note('idle', say('working'))
    : note(count > 1 ? 'indeterminate' : 'idle', say(`camera.${kind}`), say(`camera.${kind}.text`)));
  return count > 1 ? `${say('camera.several')}. ${say('camera.several.text')}` : '';
}

// The verdict with person and title, for somebody who checks one after another.
function brief(judgement) {
  const facts = factsOf(judgement);
  return [
    box(judgement, 2),
    facts?.person && el('p', {class: 'person'}, el('bdi', {}, facts.person)),
    facts?.title && el('p', {class: 'lead'}, el('bdi', {}, facts.title))
  ];
}

function note(tone, word, sentence = '') {
  const shape = tone === 'idle' ? 'M4 14V4h10M34 4h10v10M44 34v10H34M14 44H4V34' : 'M24 4l21 39H3zM24 18v11M24 36v.5';
  return el('div', {class: `verdict ${tone}`},
    svg('svg', {viewBox: '0 0 48 48', 'aria-hidden': 'true', focusable: 'false'}, svg('path', {d: shape})),
    el('div', {}, el('h2', {}, word), sentence && el('p', {}, sentence)));
}
