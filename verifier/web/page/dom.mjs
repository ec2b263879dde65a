// Elements, made from values. Text is only ever text: nothing here reads HTML.

// A new element. `attributes`: a function is a listener, true an empty attribute, and false, null or undefined is none.
// `children`: nodes or texts; what is false, null or undefined is left out.
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

// The same for a drawing.
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

// Put these in the place of what is there.
export function replace(parent, ...children) {
  parent.replaceChildren(...present(children));
}

function fill(element, attributes, children) {
  for(const [name, value] of Object.entries(attributes)) {
    if(typeof value === 'function') {
      element.addEventListener(name, value);
    } else if(value === true) {
      element.setAttribute(name, '');
    } else if(value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...present(children));
  return element;
}

const present = children => children.flat().filter(each => each !== null && each !== undefined && each !== false);
