// The form: paste, choose, drop, scan, and look up.
import {el} from './dom.mjs';
import {say} from './language.mjs';
import {understood} from './intake.mjs';

// Its elements. What comes in goes to `intake`, a question about a number to `ask`, null where nobody can be asked.
export function inputs(intake, ask) {
  return [...pasteForm(intake), ...(ask ? idForm(intake, ask) : [])];
}

function pasteForm(intake) {
  const field = el('textarea', {
    id: 'document', rows: '6', spellcheck: 'false', autocomplete: 'off', dir: 'auto',
    'aria-describedby': 'document-hint'
  });
  field.addEventListener('focus', () => field.select()); // what is pasted next takes the place of what is there
  const files = el('input', {type: 'file', id: 'file', multiple: true, 'aria-describedby': 'file-hint'});
  files.addEventListener('change', async () => {
    await intake.files([...files.files]);
    files.value = ''; // the same file may be chosen again
  });
  dropped(intake);
  return [
    el('h2', {class: 'no-print'}, say('paste.title')),
    el('form', {class: 'no-print', submit: event => {
      event.preventDefault();
      intake.text(field.value);
    }},
    el('div', {class: 'field'}, el('label', {for: 'document'}, say('paste.label')),
      el('p', {class: 'hint', id: 'document-hint'}, say('paste.hint')), field),
    el('button', {type: 'submit'}, say('paste.button')),
    el('div', {class: 'field second'}, el('label', {for: 'file'}, say('files.label')),
      el('p', {class: 'hint', id: 'file-hint'}, say('files.hint')), files),
    el('div', {class: 'field second'}, el('p', {class: 'label'}, say('camera.label')),
      el('p', {class: 'hint', id: 'camera-hint'}, say('camera.hint')),
      el('ul', {class: 'actions'},
        el('li', {}, el('button', {type: 'button', id: 'camera', class: 'plain', 'aria-describedby': 'camera-hint',
          click: () => intake.camera(false)}, say('camera.one'))),
        el('li', {}, el('button', {type: 'button', class: 'plain', 'aria-describedby': 'camera-hint',
          click: () => intake.camera(true)}, say('camera.many'))))))
  ];
}

function idForm(intake, ask) {
  const field = el('input', {
    type: 'text', id: 'id', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', maxlength: '100',
    'aria-describedby': 'id-hint id-sent'
  });
  return [
    el('h2', {class: 'no-print'}, say('id.title')),
    el('form', {class: 'no-print', submit: async event => {
      event.preventDefault();
      const {id} = await understood(field.value);
      return id ? ask(id) : intake.problem('id', [say('id.form')]);
    }},
    el('div', {class: 'field'}, el('label', {for: 'id'}, say('id.label')),
      el('p', {class: 'hint', id: 'id-hint'}, say('id.hint')), field,
      el('p', {class: 'hint', id: 'id-sent'}, say('id.sent', {host: location.host}))),
    el('button', {type: 'submit'}, say('id.button')))
  ];
}

function dropped(intake) {
  const marked = event => {
    const files = [...event.dataTransfer?.types ?? []].includes('Files');
    if(files) {
      event.preventDefault();
    }
    document.body.classList.toggle('dropping', files && event.type === 'dragover');
  };
  ['dragover', 'dragleave', 'drop'].forEach(type => document.addEventListener(type, marked));
  document.addEventListener('drop', event => intake.files([...event.dataTransfer?.files ?? []]));
  document.addEventListener('paste', event => { // a picture of a code, from a screen
    const files = [...event.clipboardData?.files ?? []];
    if(files.length) {
      event.preventDefault();
      intake.files(files);
    }
  });
}
