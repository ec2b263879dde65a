// The few things that the page keeps in this browser: what it trusts, and what it has seen. Never a credential.
const NAME = 'certify-verify';
const KEPT = 'kept';

const done = request => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function opened(mode) {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(KEPT);
  return (await done(request)).transaction(KEPT, mode).objectStore(KEPT);
}

// What was kept under this name; undefined for nothing, also where a browser keeps nothing.
export async function recalled(name) {
  try {
    return await done((await opened('readonly')).get(name));
  } catch{
    return undefined;
  }
}

// Keep it; false where a browser keeps nothing.
export async function keep(name, value) {
  try {
    await done((await opened('readwrite')).put(value, name));
    return true;
  } catch{
    return false;
  }
}
