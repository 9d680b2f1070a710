// The way to the server: what is sent, what is loaded, and what is listened to.

const RETRY_MS = 2000;
/// How long a page that nobody sees goes on listening. A browser holds few connections to one place, and each page takes one.
const REST_MS = 5000;

/// Why something was refused, as a sentence for the person.
export class Refusal extends Error {}

/// Whom the page is.
let person = null;
/// What is said where the server itself says nothing.
let fallback = "";

export function become(id, sentence) {
  person = id;
  fallback = sentence;
}

const address = (path, query = {}) => `${path}?${new URLSearchParams({ as: person, ...query })}`;

async function told(request) {
  let response, answer;
  try {
    response = await request;
    answer = await response.json();
  } catch {
    throw new Refusal(fallback);
  }
  if (!response.ok) throw new Refusal(answer.error ?? fallback);
  return answer;
}

/// Sends what somebody does.
export const send = (deed, body) =>
  told(
    fetch(address(`/api/${deed}`), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  );

/// Sends files: their bytes one after the other, their names and sizes beside.
export function sendFiles(room, files) {
  const sizes = files.map((file) => [file.name, file.size]);
  const query = { room, files: JSON.stringify(sizes) };
  return told(fetch(address("/api/drop", query), { method: "POST", body: new Blob(files) }));
}

/// Messages of a room: the last ones, or the last before one of them.
export const load = (room, before) =>
  told(fetch(address("/api/messages", before ? { room, before } : { room })));

/// Listens as somebody until the returned function is called, save while nobody sees the page. Each connection begins with a
/// snapshot.
export function listen(as, hears) {
  let source = null;
  let timer = null;
  let leaving = null;
  let resting = false;
  let over = false;
  let met = false;

  function open() {
    source = new EventSource(as ? `/events?${new URLSearchParams({ as })}` : "/events");
    for (const name of ["snapshot", "message", "whisper", "clock"]) {
      source.addEventListener(name, (event) => hears[name](JSON.parse(event.data)));
    }
    source.addEventListener("open", () => {
      met = true;
    });
    source.addEventListener("error", () => {
      source.close();
      if (over || resting) return;
      if (met) hears.lost();
      retry(met ? RETRY_MS : 0);
    });
  }

  function retry(delay) {
    timer = setTimeout(async () => {
      const status = await fetch("/page/icon.svg", { cache: "no-store" }).then(
        (response) => response.status,
        () => 0,
      );
      if (over || resting) return;
      if (status === 401) return hears.expired();
      if (status !== 200) {
        hears.lost();
        return retry(RETRY_MS);
      }
      // The server is there but does not know this person: be whoever it proposes.
      if (!met) as = null;
      open();
    }, delay);
  }

  function rest() {
    resting = true;
    clearTimeout(timer);
    source.close();
  }

  function look() {
    clearTimeout(leaving);
    if (document.hidden) leaving = setTimeout(rest, REST_MS);
    else if (resting) {
      resting = false;
      open();
    }
  }

  open();
  look();
  document.addEventListener("visibilitychange", look);
  return () => {
    over = true;
    document.removeEventListener("visibilitychange", look);
    clearTimeout(leaving);
    rest();
  };
}
