// All orders of some values, the given one first, then by the places they had: the one sequence in which work is counted.
export function* permutations(values) {
  const places = values.map((_, place) => place);
  for(;;) {
    yield places.map(place => values[place]);
    let turn = places.length - 2;
    while(turn >= 0 && places[turn] > places[turn + 1]) {
      turn--;
    }
    if(turn < 0) {
      return;
    }
    const next = places.findLastIndex(place => place > places[turn]);
    [places[turn], places[next]] = [places[next], places[turn]];
    places.push(...places.splice(turn + 1).reverse());
  }
}
