// The name that a reader has from elsewhere beside the one in the credential: what differs is said, and both are shown.
import {listed, say} from './language.mjs';
import {el, replace} from './dom.mjs';
import {visible} from './verifier.mjs';

let fields = 0;

// `person`: the name in the credential, safe to show.
export function nameCheck(person) {
  const id = `name-${fields += 1}`;
  const result = el('div', {role: 'status', class: 'names'});
  const field = el('input', {
    type: 'text', id, autocomplete: 'off', spellcheck: 'false', maxlength: '300', dir: 'auto'
  });
  field.addEventListener('input', async () => {
    const {differences} = await import('./names.mjs');
    replace(result, ...compared(person, field.value, differences));
  });
  return [
    el('h3', {}, say('name.title')),
    el('p', {}, say('name.text')),
    el('form', {submit: event => event.preventDefault(), class: 'field no-print'},
      el('label', {for: id}, say('name.label')), field),
    result
  ];
}

function compared(person, given, differences) {
  if(!given.trim()) {
    return [];
  }
  const found = differences(person, visible(given));
  const sentence = found === null ? say('name.different') : found.length === 0 ? say('name.same') :
    say('name.alike', {list: listed(found.map(kind => say(`name.${kind}`)))});
  return [
    el('p', {}, el('strong', {}, sentence)),
    el('dl', {class: 'facts'},
      el('dt', {}, say('name.credential')), el('dd', {}, el('bdi', {}, person)),
      el('dt', {}, say('name.given')), el('dd', {}, el('bdi', {}, visible(given))))
  ];
}
