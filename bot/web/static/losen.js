"use strict";
// The page: who one is, one conversation each that survives a reload and a restart of the server, and Web Chat.
(function () {
  const person = document.getElementById("person");
  const place = document.getElementById("chat");
  const notice = document.getElementById("notice");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  const remembered = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const remember = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* private mode */ } };
  const conversationKey = () => "losen.conversation." + person.value;

  function tell(text) {
    notice.textContent = text;
    notice.hidden = !text;
  }

  const wait = (ms) => new Promise((done) => setTimeout(done, ms));

  async function untilAlive() {
    for (;;) {
      try { if ((await fetch("/healthz")).ok) return; } catch { /* not yet */ }
      tell("Får ikke kontakt med Losen. Prøver igjen …");
      await wait(1500);
    }
  }

  async function conversation() {
    const known = remembered(conversationKey());
    if (known && known.conversationId && known.token) {
      const answer = await fetch("/directline/conversations/" + encodeURIComponent(known.conversationId), {
        headers: { Authorization: "Bearer " + known.token },
      });
      if (answer.ok) return known;
      if (answer.status >= 500) throw new Error("the server is not ready");
    }
    const answer = await fetch("/directline/tokens/generate", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ user: { id: person.value } }),
    });
    if (!answer.ok) throw new Error("no token");
    const made = await answer.json();
    remember(conversationKey(), { conversationId: made.conversationId, token: made.token });
    return made;
  }

  function looks() {
    const night = dark.matches;
    const ink = night ? "#f1f1f6" : "#1c1b33";
    const paper = night ? "#1f1f2e" : "#ffffff";
    return {
      accent: night ? "#9db7ff" : "#1f42aa",
      subtle: night ? "#c3c3d4" : "#4d4c66",
      backgroundColor: paper,
      primaryFont: "system-ui, 'Segoe UI', Roboto, sans-serif",
      bubbleBackground: night ? "#2b2b40" : "#f3f4f8",
      bubbleTextColor: ink,
      bubbleBorderWidth: 0,
      bubbleBorderRadius: 8,
      bubbleMaxWidth: 640,
      bubbleFromUserBackground: night ? "#2a2859" : "#2a2859",
      bubbleFromUserTextColor: "#ffffff",
      bubbleFromUserBorderWidth: 0,
      bubbleFromUserBorderRadius: 8,
      cardEmphasisBackgroundColor: night ? "#383852" : "#e6e7f0",
      cardPushButtonBackgroundColor: paper,
      cardPushButtonTextColor: night ? "#9db7ff" : "#1f42aa",
      suggestedActionBackgroundColor: paper,
      suggestedActionTextColor: night ? "#9db7ff" : "#1f42aa",
      suggestedActionBorderColor: night ? "#9db7ff" : "#1f42aa",
      suggestedActionBorderRadius: 6,
      suggestedActionLayout: "flow",
      sendBoxBackground: paper,
      sendBoxTextColor: ink,
      sendBoxPlaceholderColor: night ? "#c3c3d4" : "#4d4c66",
      sendBoxButtonColor: night ? "#c3c3d4" : "#4d4c66",
      sendBoxBorderTop: "1px solid " + (night ? "#45455c" : "#c9cad8"),
      sendBoxTextWrap: true,
      timestampColor: night ? "#c3c3d4" : "#4d4c66",
      uploadAccept: ".png,.jpg,.jpeg,.gif,.pdf,.txt,.log,.csv,.docx,.xlsx,.msg,.eml,.zip",
      hideUploadButton: false,
      groupTimestamp: 300000,
      sendTypingIndicator: false,
      sendTimeout: 120000,
    };
  }

  // Direct Line gives a message up when the server is down just then. The server knows a message it has taken by its
  // id, so it can be sent again until it is.
  function sendUntilTaken(directLine) {
    const post = directLine.postActivity.bind(directLine);
    const notTaken = new Error("not taken yet");
    directLine.postActivity = (activity) => post(activity)
      .map((id) => { if (id === "retry") throw notTaken; return id; })
      .retryWhen((errors) => errors.do((error) => { if (error !== notTaken) throw error; }).delay(1500));
  }

  // Web Chat says what a group of radio buttons asks for at its first button only.
  function nameGroups() {
    for (const group of place.querySelectorAll(".ac-choiceSetInput-expanded:not([role])")) {
      const label = group.id && place.querySelector('label[for="' + CSS.escape(group.id) + '"]');
      if (!label) continue;
      group.setAttribute("role", "radiogroup");
      group.setAttribute("aria-labelledby", label.id);
    }
  }

  async function start() {
    await untilAlive();
    let opened;
    try {
      opened = await conversation();
    } catch {
      tell("Losen er ikke klar ennå. Prøver igjen …");
      await wait(1500);
      return start();
    }
    tell("");
    if (!window.WebChat) {
      tell("Web Chat mangler. Kjør «make page» og last siden på nytt.");
      return undefined;
    }
    const directLine = window.WebChat.createDirectLine({
      domain: location.origin + "/directline",
      conversationId: opened.conversationId,
      token: opened.token,
    });
    // After a break it would wait up to 15 s, and 20 s more for each further try; the server is on this machine.
    if (directLine.services) directLine.services.random = () => 0;
    directLine.timeout = 4000;
    directLine.retries = 900;
    sendUntilTaken(directLine);
    const shown = () => window.WebChat.renderWebChat({
      directLine,
      userID: "demo-" + person.value,
      username: person.selectedOptions[0].dataset.name,
      // Web Chat's own words: the box, the times. What Losen says follows what the person writes.
      locale: /^en/i.test(navigator.language) ? "en-US" : "nb-NO",
      styleOptions: looks(),
    }, place);
    shown();
    dark.addEventListener("change", shown);
    directLine.connectionStatus$.subscribe((status) => {
      // 4: could not connect, 5: ended. Short breaks are repaired by Direct Line itself.
      if (status === 4 || status === 5) untilAlive().then(() => location.reload());
    });
    return undefined;
  }

  const chosen = remembered("losen.person");
  if ([...person.options].some((one) => one.value === chosen)) person.value = chosen;
  person.addEventListener("change", () => { remember("losen.person", person.value); location.reload(); });
  document.getElementById("new").addEventListener("click", () => {
    remember("losen.person", person.value);
    remember(conversationKey(), null);
    location.reload();
  });
  document.getElementById("who").addEventListener("submit", (event) => event.preventDefault());
  new MutationObserver(nameGroups).observe(place, { childList: true, subtree: true });
  start();
})();
