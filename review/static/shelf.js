"use strict";
// What is typed, filled down or pasted goes to the server batch by batch, while typing goes on. It is kept in this browser
// until it is there, each cell with the names of its row and column and what stood in it.
window.startShelf = ({ form, tell, refuse, done }) => {
  const AGAIN = 2000; // milliseconds until a server that is gone is asked again
  const ALIVE = 60_000; // letters of a request that a browser still sends while its page is left
  const { doc, table } = { doc: form().doc.value, table: form().table.value };
  const name = `typed ${doc} ${table}`;
  const last = `last ${doc} ${table}`; // the table's last decision, as the answer to a batch told it
  const queue = JSON.parse(localStorage.getItem(name) || "[]");
  const cellsOf = (batch) => batch.cells || [batch]; // alone as an earlier version of the page kept it
  const keep = () => localStorage.setItem(name, JSON.stringify(queue));
  const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

  // The answer to a batch of cells; asked for until there is one.
  const sent = async (cells) => {
    const body = JSON.stringify({ doc, table, cells });
    const headers = { "Content-Type": "application/json" };
    for (;;) {
      try {
        const answer = await fetch("/table/cells", { method: "POST", body, headers, keepalive: body.length < ALIVE });
        if (answer.status !== 403) return answer;
        tell("other"); // another run of the program, whose address was not opened yet
      } catch {
        tell("gone");
      }
      await pause(AGAIN);
    }
  };

  const shelf = {
    sending: null, // a promise, while cells are on their way
    put: (cells) => {
      queue.push({ cells });
      keep();
      shelf.send();
    },
    // A page asked for before a batch was written, and shown after the page that sent it was told, says what stood before.
    begin: () => {
      if (Number(localStorage.getItem(last)) > Number(form().seen.value)) done();
      localStorage.removeItem(last);
      shelf.send();
    },
    send: () => {
      if (queue.length) shelf.sending ||= drain();
    },
  };

  const drain = async () => {
    while (queue.length) {
      const answer = await sent(cellsOf(queue[0]));
      const said = await answer.json().catch(() => ({ refused: cellsOf(queue[0]).map(({ text }) => ({ text })) }));
      if (said.seen) {
        form().seen.value = said.seen;
        localStorage.setItem(last, said.seen);
      }
      said.refused.forEach(refuse);
      tell("");
      queue.shift();
      keep();
    }
    shelf.sending = null;
    done();
  };

  return shelf;
};
