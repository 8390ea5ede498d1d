// A *showing* is one person's look at the screens, from the start until a ticket or a refusal: it gives one ticket however
// often and whatever is pressed, also when the answer was lost on the way and asked for again.
//
//   const showing = showings({ ask, slow, given, lost, refused });
//   showing.take("issue", answers);   showing.retry();   showing.fresh();   showing.end();

const SLOW = 300; // ms without an answer before the screen says that it is working

export function showings({ ask, slow, given, lost, refused }) {
  let id = random();
  let wanted = null; // what was last asked for
  let asking = false;
  let unanswered = false;

  async function take(question, answers) {
    if (asking) return;
    asking = true;
    wanted = [question, answers];
    const waiting = setTimeout(slow, SLOW);
    const answer = await ask(question, { ...answers, showing: id });
    clearTimeout(waiting);
    asking = false;
    unanswered = Boolean(answer.lost);
    if (!unanswered) wanted = null;
    if (answer.ok) given(answer.ticket);
    else if (unanswered) lost();
    else {
      id = random();
      refused(question, answer);
    }
  }

  return {
    get id() {
      return id;
    },
    get asking() {
      return asking;
    },
    get unanswered() {
      return unanswered;
    },
    take,
    retry: () => wanted && take(...wanted),
    // The list is shown anew; a ticket whose answer never came is still this showing's.
    fresh() {
      if (!unanswered) id = random();
    },
    end() {
      unanswered = false;
      wanted = null;
    },
  };
}

export function random() {
  const bits = crypto.getRandomValues(new Uint32Array(4)); // not randomUUID, which plain HTTP on a council's network lacks
  return [...bits].map((part) => part.toString(16).padStart(8, "0")).join("");
}
