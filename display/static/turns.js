// One of several things at a time, by a cut, each for at least so long; nothing moves.
//
//   const turns = turning(12_000);
//   turns.show(container);                 shows one of its children, hides the others
//   turns.which(container, count);         for things that have no element of their own: 0 … count - 1

export function turning(every) {
  const standing = new WeakMap(); // container -> {which, since}

  function which(container, count) {
    const at = performance.now();
    const now = standing.get(container);
    if (!now || now.which >= count) return stand(container, 0, at);
    // It begins to stand when it is seen: with its first (data-turns="anew"), or where it was.
    if (!container.checkVisibility()) return stand(container, container.dataset.turns === "anew" ? 0 : now.which, at);
    return at - now.since < every ? now.which : stand(container, (now.which + 1) % count, at);
  }

  function stand(container, place, since) {
    standing.set(container, { which: place, since });
    return place;
  }

  function show(container) {
    const place = which(container, container.children.length);
    [...container.children].forEach((child, index) => {
      if (child.hidden !== (index !== place)) child.hidden = index !== place;
    });
  }

  return { which, show };
}
