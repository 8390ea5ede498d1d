// A code scanner is a keyboard in a hurry: characters a few milliseconds apart, then Enter. Nobody types like that, so a
// person's own keys stay theirs.
//
//   const forget = onScan((text) => …);      `forget()` lets go of what was typed last

const HURRY = 50; // ms from key to key, on average; the quickest typists need twice as long
const PAUSE = 500; // ms: what comes later begins another code
const FEWEST = 4; // characters, so that a hand which falls on the keys reads no code

export function onScan(scanned) {
  let text = "";
  let first = 0;
  let last = 0;

  function read(event) {
    if (event.key === "Shift") return; // how a scanner says a capital
    const at = event.timeStamp;
    if (at - last > PAUSE) text = "";
    const hurried = text && (at - first) / text.length < HURRY;
    last = at;
    if (event.key === "Enter" && hurried && text.length >= FEWEST) {
      stop(event); // it presses no button
      scanned(text);
    }
    if (event.key === " " && hurried) stop(event);
    if (event.key.length !== 1 || event.repeat || event.ctrlKey || event.altKey || event.metaKey) text = "";
    else {
      if (!text) first = at;
      text += event.key;
    }
  }

  addEventListener("keydown", read, { capture: true });
  return () => (text = "");
}

function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}
