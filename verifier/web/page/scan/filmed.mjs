// What the camera sees, handed on: one code as if it had been pasted, or one after another, each with its own answer.
import {drawn} from './views.mjs';
import {opened} from './camera.mjs';
import {say} from '../language.mjs';

// One code closes the camera. Of one after another (`many`), each has its answer beside the picture for as long as it is
// in there. `on` is that of intake.mjs; `signal` closes the camera.
export async function take(many, on, signal) {
  const close = () => {
    on.begin();
    document.getElementById('camera').focus();
  };
  const ask = many ? (text, still) => answerOn(text, on, still) : text => on.taken(text, say('scanned'));
  await opened(on.place, many, {
    ask,
    draw: (found, place) => on.tell(drawn(found, place, on.ask)),
    problem: key => on.problem('file', [say(key)]), // a picture does as well
    closed: close
  }, signal);
}

// {judgement}, or {sentence} and the number that the code holds, if any; null when nobody asks any longer.
async function answerOn(text, on, signal) {
  const {document: found, id, problem} = await on.meant(text, say('scanned'));
  if(signal.aborted) {
    return null;
  }
  if(found) {
    return on.judge(found, signal);
  }
  const field = id && document.getElementById('id');
  if(field) {
    field.value = id;
  }
  return {sentence: problem ?? say('code.number', {id}), number: id};
}
